CREATE TABLE `departures` (
	`conference_id` text NOT NULL,
	`attendee_id` text NOT NULL,
	`session_id` text NOT NULL,
	`times` integer NOT NULL,
	`since` integer NOT NULL,
	PRIMARY KEY(`attendee_id`, `session_id`),
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`,`attendee_id`) REFERENCES `attendees`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `departures_of_session` ON `departures` (`session_id`);--> statement-breakpoint
CREATE TABLE `move_limits` (
	`attendee_id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`time` text NOT NULL,
	FOREIGN KEY (`conference_id`,`attendee_id`) REFERENCES `attendees`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `swap_offers` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`attendee_id` text NOT NULL,
	`pass_id` text NOT NULL,
	`gives` text NOT NULL,
	`wants` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`gives`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`wants`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`,`attendee_id`) REFERENCES `attendees`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `offers_of_session` ON `swap_offers` (`gives`);--> statement-breakpoint
CREATE INDEX `offers_for_session` ON `swap_offers` (`wants`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_offer_for_each_seat` ON `swap_offers` (`attendee_id`,`pass_id`);--> statement-breakpoint
ALTER TABLE `waitlist` ADD `rank` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `waitlist` ADD `passed_over` text;--> statement-breakpoint
UPDATE `waitlist` SET `rank` = (
	SELECT count(*) FROM `waitlist` AS `earlier`
	WHERE `earlier`.`attendee_id` = `waitlist`.`attendee_id` AND `earlier`.`pass_id` = `waitlist`.`pass_id` AND `earlier`.`ticket` <= `waitlist`.`ticket`
);
