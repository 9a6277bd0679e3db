CREATE TABLE `letter_rules` (
	`conference_id` text PRIMARY KEY NOT NULL,
	`receipts` integer DEFAULT true NOT NULL,
	`reminders` integer DEFAULT true NOT NULL,
	`reply_to` text,
	`reminded_of` text,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `receipt_progress` (
	`id` integer PRIMARY KEY NOT NULL,
	`audit_id` integer NOT NULL,
	CONSTRAINT "one_receipt_progress" CHECK("receipt_progress"."id" = 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `reminder_refusals` (
	`attendee_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`attendee_id`) REFERENCES `attendees`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `told_sessions` (
	`session_id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`place` text NOT NULL,
	`changed_first` integer,
	`changed_last` integer,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "told_changed_both_or_neither" CHECK(("told_sessions"."changed_first" IS NULL) = ("told_sessions"."changed_last" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `sessions_to_tell` ON `told_sessions` (`changed_last`);--> statement-breakpoint
INSERT INTO `told_sessions` (`session_id`, `conference_id`, `starts_at`, `ends_at`, `place`)
SELECT s.`id`, s.`conference_id`, p.`starts_at`, p.`ends_at`, r.`name` FROM `sessions` AS s
JOIN `passes` AS p ON p.`id` = s.`pass_id` JOIN `rooms` AS r ON r.`id` = s.`room_id`;
--> statement-breakpoint
INSERT INTO `receipt_progress` (`id`, `audit_id`) SELECT 1, coalesce(max(`id`), 0) FROM `audit`;
