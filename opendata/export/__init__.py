"""The whole site as static files, for any server of files."""

from opendata.export.layout import LayoutError, file_of
from opendata.export.site import Exported, Progress, export_site
from opendata.export.units import Records

__all__ = ["Exported", "LayoutError", "Progress", "Records", "export_site", "file_of"]
