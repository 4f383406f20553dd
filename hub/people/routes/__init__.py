"""People over HTTP, by chapter."""

from hub.people.routes.attributes import ENDPOINTS as ATTRIBUTES
from hub.people.routes.duplicates import ENDPOINTS as DUPLICATES
from hub.people.routes.notes import ENDPOINTS as NOTES
from hub.people.routes.people import ENDPOINTS as PEOPLE

# A path of words comes before one with an id in their place.
ENDPOINTS = (*DUPLICATES, *PEOPLE, *NOTES, *ATTRIBUTES)
