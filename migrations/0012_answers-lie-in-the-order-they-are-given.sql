CREATE TABLE `answers_in_order` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`actor_key` text NOT NULL,
	`route` text NOT NULL,
	`key` text NOT NULL,
	`body_hash` blob NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
INSERT INTO `answers_in_order` (`actor_key`, `route`, `key`, `body_hash`, `answer`, `at`) SELECT `actor_key`, `route`, `key`, `body_hash`, `answer`, `at` FROM `idempotency` ORDER BY `at`, rowid;--> statement-breakpoint
DROP TABLE `idempotency`;--> statement-breakpoint
ALTER TABLE `answers_in_order` RENAME TO `idempotency`;
