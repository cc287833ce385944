"""One verb per file: `run(deps, scope) -> Report`. Stages never import each other."""
