"""What MuPDF raises when a file is at fault, and its chatter turned off."""

import logging

import pymupdf

pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)
# It would print to standard output, where verbs print what scripts read.
pymupdf.set_messages(pylogging=True, pylogging_name="pymupdf", pylogging_level=logging.DEBUG)
pymupdf.set_log(pylogging=True, pylogging_name="pymupdf", pylogging_level=logging.DEBUG)

FILE_AT_FAULT = (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, IndexError)
