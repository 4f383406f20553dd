"""What can go wrong with templates."""

from hub.errors import Conflict, Invalid, NotFound, Unavailable, Unprocessable


class NoSuchTemplate(NotFound):
    """There is no such template."""

    code = "no_such_template"


class BadTemplate(Invalid):
    """The provider would not take a template of this form."""

    code = "bad_template"


class NoSuchBlank(Unprocessable):
    """The template has no such blank to be filled."""

    code = "no_such_blank"


class NoTemplates(Unprocessable):
    """The line's provider keeps no templates that Parley could read or hand in."""

    code = "no_templates"


class TemplateTaken(Conflict):
    """The line has a template of this name in this language."""

    code = "template_taken"


class TemplateFixed(Conflict):
    """In this state the template cannot become what was asked for."""

    code = "template_fixed"


class TemplateChanged(Conflict):
    """It was changed meanwhile."""

    code = "template_changed"


class TemplateRefused(Conflict):
    """The provider has said no to what was asked of it."""

    code = "template_refused"


class TemplatesFull(Unprocessable):
    """The line has as many templates as a line can have."""

    code = "templates_full"


class TemplatesAway(Unavailable):
    """The provider was not reached, or has not said what became of it."""

    code = "templates_away"
