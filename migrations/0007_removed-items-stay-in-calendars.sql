CREATE TABLE `cancelled_plenaries` (
	`uid` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`title` text NOT NULL,
	`place` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`sequence` integer NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `cancelled_plenaries_of_conference` ON `cancelled_plenaries` (`conference_id`);