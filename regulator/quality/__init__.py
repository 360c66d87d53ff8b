"""Data quality of what platforms send (数据质量): this project's own measures, none of them official."""
