"""What MuPDF raises when a file is at fault, and its chatter turned off."""

import pymupdf

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)

FILE_AT_FAULT = (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, IndexError)
