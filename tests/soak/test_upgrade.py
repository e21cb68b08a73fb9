"""An instance that an earlier release left, with what it has grown to, upgraded."""

import wsgi
from registry import migrate
from registry.db import db
from registry.stored import verifying
from tests.grown import grown_instance


def test_a_grown_instance_has_all_its_objects_after_the_upgrade(tmp_path):
    instance = grown_instance(tmp_path)
    app = wsgi.create_app({"INSTANCE": instance, "DATABASE_URL": "", "TESTING": True})
    with app.app_context():
        migrate.upgrade()
        assert migrate.drift() == []
        assert verifying.verify(db.session).differences == ()
        db.engine.dispose()
