CREATE TABLE `pins` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`attendee_id` text,
	`workshop_id` text,
	`pass_id` text,
	`room_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`attendee_id`) REFERENCES `attendees`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`,`workshop_id`) REFERENCES `workshops`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`,`pass_id`) REFERENCES `passes`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`,`room_id`) REFERENCES `rooms`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "pin_says_something" CHECK(CASE WHEN "pins"."attendee_id" IS NULL
        THEN "pins"."workshop_id" IS NOT NULL AND ("pins"."pass_id" IS NOT NULL OR "pins"."room_id" IS NOT NULL)
        ELSE "pins"."pass_id" IS NOT NULL AND "pins"."room_id" IS NULL END)
) STRICT;
--> statement-breakpoint
CREATE INDEX `pins_of_conference` ON `pins` (`conference_id`);--> statement-breakpoint
CREATE INDEX `pins_of_attendee` ON `pins` (`attendee_id`);--> statement-breakpoint
ALTER TABLE `plans` ADD `draws` text;--> statement-breakpoint
ALTER TABLE `plans` ADD `prices` text;