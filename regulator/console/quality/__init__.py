"""The page of data quality: measures, silent and late feeds, gaps; as page, chart and Excel."""
