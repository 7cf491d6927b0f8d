"""The reports a build leaves beside the documents: for people, and for services that run builds."""
