CREATE TABLE `cancellations` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`workshop_id` text NOT NULL,
	`pass_id` text NOT NULL,
	`room_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`workshop_id`) REFERENCES `workshops`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`pass_id`) REFERENCES `passes`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`room_id`) REFERENCES `rooms`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `cancellations_of_conference` ON `cancellations` (`conference_id`);--> statement-breakpoint
CREATE TABLE `cancelled_seats` (
	`cancellation_id` text NOT NULL,
	`conference_id` text NOT NULL,
	`attendee_id` text NOT NULL,
	`place` integer NOT NULL,
	`source` text,
	PRIMARY KEY(`cancellation_id`, `attendee_id`),
	FOREIGN KEY (`cancellation_id`) REFERENCES `cancellations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`,`attendee_id`) REFERENCES `attendees`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `cancelled_seats_of_attendee` ON `cancelled_seats` (`attendee_id`);