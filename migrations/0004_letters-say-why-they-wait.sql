CREATE TABLE `__new_outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`host_id` text,
	`conference_id` text,
	`letter` text NOT NULL,
	`recipient_kind` text NOT NULL,
	`recipient_id` text NOT NULL,
	`data` text NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer NOT NULL,
	`sent_at` integer,
	`message_id` text NOT NULL,
	`urgent` integer DEFAULT false NOT NULL,
	`once` text,
	`problem` text,
	`answer` text,
	CONSTRAINT "outbox_state" CHECK("__new_outbox"."state" in ('waiting', 'sent', 'failed', 'handled', 'lapsed'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_outbox`("id", "at", "host_id", "conference_id", "letter", "recipient_kind", "recipient_id", "data", "state", "attempts", "next_attempt_at", "sent_at", "message_id") SELECT "id", "at", "host_id", "conference_id", "letter", "recipient_kind", "recipient_id", "data", "state", "attempts", "next_attempt_at", "sent_at", "message_id" FROM `outbox`;--> statement-breakpoint
DROP TABLE `outbox`;--> statement-breakpoint
ALTER TABLE `__new_outbox` RENAME TO `outbox`;--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_message_id_unique` ON `outbox` (`message_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_once_unique` ON `outbox` (`once`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`state`,`urgent`,`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `outbox_recipient` ON `outbox` (`recipient_kind`,`recipient_id`);--> statement-breakpoint
CREATE INDEX `outbox_conference` ON `outbox` (`conference_id`,`state`,`id`);--> statement-breakpoint
ALTER TABLE `attendees` ADD `next_link_hash` text;--> statement-breakpoint
CREATE UNIQUE INDEX `attendees_next_link_hash_unique` ON `attendees` (`next_link_hash`);