"""What can be wrong with this machine."""

import shutil

from hub.doctor.models import Finding, failed, note, well
from hub.errors import HubError
from hub.pages.routes import DIST
from hub.settings import Settings
from hub.store.folder import DataFolder

LEAST_FREE_BYTES = 500 * 1024 * 1024


def pages() -> Finding:
    """Is the front end built?"""
    if (DIST / "index.html").exists():
        return well("pages", "built")
    return note("pages", "not built: the API works, the screens do not", "make web/dist/index.html")


def data_folder(settings: Settings) -> Finding:
    """Can the embedded servers keep what they are given?"""
    try:
        folder = DataFolder(settings.data).path
    except HubError as error:
        return failed("data folder", error.message, "PARLEY_DATA=/a/folder/of/yours python -m hub doctor")
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        return failed("data folder", f"only {free // 2**20} MiB are free at {folder}", "Free some space.")
    return well("data folder", f"{folder}, {free // 2**30} GiB free")
