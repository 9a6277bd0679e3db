DROP INDEX `audit_subject`;--> statement-breakpoint
CREATE INDEX `audit_of_things` ON `audit` (`subject_kind`,`subject_id`) WHERE "audit"."subject_kind" <> 'attendee';