CREATE TABLE `picks_by_attendee` (
	`conference_id` text NOT NULL,
	`attendee_id` text NOT NULL,
	`pass_id` text NOT NULL,
	`session_id` text NOT NULL,
	`workshop_id` text NOT NULL,
	`source` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`attendee_id`, `pass_id`),
	FOREIGN KEY (`conference_id`,`attendee_id`) REFERENCES `attendees`(`conference_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`session_id`,`pass_id`,`workshop_id`) REFERENCES `sessions`(`conference_id`,`id`,`pass_id`,`workshop_id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `picks_by_attendee` SELECT `conference_id`, `attendee_id`, `pass_id`, `session_id`, `workshop_id`, `source`, `at` FROM `picks` ORDER BY `attendee_id`, `pass_id`;--> statement-breakpoint
DROP TABLE `picks`;--> statement-breakpoint
ALTER TABLE `picks_by_attendee` RENAME TO `picks`;--> statement-breakpoint
CREATE INDEX `picks_of_session` ON `picks` (`session_id`,`at`);--> statement-breakpoint
CREATE TRIGGER `never_the_same_workshop_twice` BEFORE INSERT ON `picks`
WHEN EXISTS (SELECT 1 FROM `picks` AS p WHERE p.`attendee_id` = NEW.`attendee_id` AND p.`workshop_id` = NEW.`workshop_id` AND p.`pass_id` <> NEW.`pass_id`)
BEGIN
	SELECT RAISE(ABORT, 'never the same workshop twice');
END;
--> statement-breakpoint
CREATE TRIGGER `never_the_same_workshop_twice_by_swap` BEFORE UPDATE OF `attendee_id`, `pass_id`, `workshop_id` ON `picks`
WHEN EXISTS (SELECT 1 FROM `picks` AS p WHERE p.`attendee_id` = NEW.`attendee_id` AND p.`workshop_id` = NEW.`workshop_id` AND (p.`attendee_id`, p.`pass_id`) <> (OLD.`attendee_id`, OLD.`pass_id`) AND p.`pass_id` <> NEW.`pass_id`)
BEGIN
	SELECT RAISE(ABORT, 'never the same workshop twice');
END;
