"""All that draws and reads with MuPDF, in one import: it is loaded while nobody waits."""

from meetingroom.documents.file_annotations import annotations_of
from meetingroom.documents.links import page_links
from meetingroom.documents.mupdf import MupdfPaper
from meetingroom.documents.mupdf_errors import FILE_AT_FAULT
from meetingroom.documents.words import page_words

__all__ = ["FILE_AT_FAULT", "MupdfPaper", "annotations_of", "page_links", "page_words"]
