"""``python -m regulator.contract``: write the generated documents."""

import sys

from regulator.contract.documents import write_documents

for path in write_documents():
    sys.stdout.write(f"{path}\n")
