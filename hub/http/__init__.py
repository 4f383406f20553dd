"""HTTP as declarations: an `Endpoint` is routing, validation, authorization, limits, audit and documentation in one."""
