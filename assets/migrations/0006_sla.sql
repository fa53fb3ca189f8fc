-- Each type of lead (its segment) may have an SLA of its own; NULL: the workspace's.
ALTER TABLE segment ADD COLUMN sla_minutes INTEGER CHECK (sla_minutes IS NULL OR sla_minutes BETWEEN 1 AND 100000);
