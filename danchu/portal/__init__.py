"""The public site: figures and their evidence, records, petitions, polls. No account is needed."""
