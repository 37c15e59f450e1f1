from tests.run.conftest import _made_once, project, with_previous

__all__ = ["_made_once", "project", "with_previous"]
