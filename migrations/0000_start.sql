CREATE TABLE `conferences` (
	`id` text PRIMARY KEY NOT NULL,
	`host_id` text NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`tagline` text DEFAULT '' NOT NULL,
	`time_zone` text NOT NULL,
	`language` text NOT NULL,
	`stage` text DEFAULT 'draft' NOT NULL,
	`published_at` integer,
	`picks_per_attendee` integer DEFAULT 3 NOT NULL,
	`advised_wishes` integer DEFAULT 6 NOT NULL,
	`presenters_see_names` integer DEFAULT false NOT NULL,
	`wishes_open_at` integer,
	`wishes_close_at` integer,
	`picks_open_at` integer,
	`picks_close_at` integer,
	`retention_days` integer DEFAULT 90 NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`host_id`) REFERENCES `hosts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "picks_per_attendee_positive" CHECK("conferences"."picks_per_attendee" >= 1),
	CONSTRAINT "wishes_close_after_opening" CHECK("conferences"."wishes_close_at" IS NULL OR "conferences"."wishes_open_at" IS NULL OR "conferences"."wishes_close_at" > "conferences"."wishes_open_at"),
	CONSTRAINT "picks_close_after_opening" CHECK("conferences"."picks_close_at" IS NULL OR "conferences"."picks_open_at" IS NULL OR "conferences"."picks_close_at" > "conferences"."picks_open_at")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `conferences_slug_unique` ON `conferences` (`slug`);--> statement-breakpoint
CREATE INDEX `conferences_of_host` ON `conferences` (`host_id`);--> statement-breakpoint
CREATE TABLE `hosts` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `hosts_slug_unique` ON `hosts` (`slug`);--> statement-breakpoint
CREATE TABLE `organisations` (
	`id` text PRIMARY KEY NOT NULL,
	`host_id` text NOT NULL,
	`name` text NOT NULL,
	`same_name` text NOT NULL,
	FOREIGN KEY (`host_id`) REFERENCES `hosts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `one_organisation_per_name` ON `organisations` (`host_id`,`same_name`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`host_id` text,
	`conference_id` text,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`action` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`data` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_conference` ON `audit` (`conference_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit` (`subject_kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at`);--> statement-breakpoint
CREATE TABLE `idempotency` (
	`actor_key` text NOT NULL,
	`route` text NOT NULL,
	`key` text NOT NULL,
	`body_hash` blob NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`actor_key`, `route`, `key`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `idempotency_at` ON `idempotency` (`at`);--> statement-breakpoint
CREATE TABLE `outbox` (
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
	CONSTRAINT "outbox_state" CHECK("outbox"."state" in ('waiting', 'sent', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_message_id_unique` ON `outbox` (`message_id`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`state`,`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `outbox_recipient` ON `outbox` (`recipient_kind`,`recipient_id`);--> statement-breakpoint
CREATE TABLE `attendee_imports` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`at` integer NOT NULL,
	`undone_at` integer,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `imports_of_conference` ON `attendee_imports` (`conference_id`);--> statement-breakpoint
CREATE TABLE `attendees` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`name` text NOT NULL,
	`mail` text,
	`organisation_id` text,
	`language` text NOT NULL,
	`link_version` integer DEFAULT 1 NOT NULL,
	`link_hash` text NOT NULL,
	`calendar_version` integer DEFAULT 1 NOT NULL,
	`calendar_hash` text NOT NULL,
	`import_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `attendees_link_hash_unique` ON `attendees` (`link_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `attendees_calendar_hash_unique` ON `attendees` (`calendar_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_attendee_per_mail` ON `attendees` (`conference_id`,lower("mail")) WHERE "attendees"."mail" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `attendees_by_name` ON `attendees` (`conference_id`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `attendee_in_conference` ON `attendees` (`conference_id`,`id`);--> statement-breakpoint
CREATE TABLE `organisers` (
	`id` text PRIMARY KEY NOT NULL,
	`host_id` text NOT NULL,
	`name` text NOT NULL,
	`mail` text NOT NULL,
	FOREIGN KEY (`host_id`) REFERENCES `hosts`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `one_organiser_per_mail` ON `organisers` (`host_id`,`mail`);--> statement-breakpoint
CREATE TABLE `presenters` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`name` text NOT NULL,
	`affiliation` text DEFAULT '' NOT NULL,
	`attendee_id` text,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`attendee_id`) REFERENCES `attendees`(`conference_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `presenter_in_conference` ON `presenters` (`conference_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_presenter_per_attendee` ON `presenters` (`attendee_id`);--> statement-breakpoint
CREATE TABLE `sign_in_links` (
	`hash` text PRIMARY KEY NOT NULL,
	`organiser_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`organiser_id`) REFERENCES `organisers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `sign_ins` (
	`hash` text PRIMARY KEY NOT NULL,
	`attendee_id` text,
	`organiser_id` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`attendee_id`) REFERENCES `attendees`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organiser_id`) REFERENCES `organisers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "one_person_signed_in" CHECK(("sign_ins"."attendee_id" IS NULL) <> ("sign_ins"."organiser_id" IS NULL))
) STRICT;
--> statement-breakpoint
CREATE INDEX `sign_ins_of_attendee` ON `sign_ins` (`attendee_id`);--> statement-breakpoint
CREATE TABLE `plans` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`objective` text NOT NULL,
	`timetable` text NOT NULL,
	`seed` integer NOT NULL,
	`revision` integer NOT NULL,
	`created_at` integer NOT NULL,
	`seconds` real,
	`value` text,
	`bound` text,
	`gap` real,
	`proven` integer DEFAULT false NOT NULL,
	`figures` text,
	`sessions` text,
	`allocation` text,
	`reasons` text,
	`published_at` integer,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `plan_in_conference` ON `plans` (`conference_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_plan_per_number` ON `plans` (`conference_id`,`number`);--> statement-breakpoint
CREATE TABLE `absences` (
	`conference_id` text NOT NULL,
	`attendee_id` text NOT NULL,
	`pass_id` text NOT NULL,
	PRIMARY KEY(`attendee_id`, `pass_id`),
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`attendee_id`) REFERENCES `attendees`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`,`pass_id`) REFERENCES `passes`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `cancelled_sessions` (
	`uid` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`workshop_id` text NOT NULL,
	`title` text NOT NULL,
	`place` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`sequence` integer NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `cancelled_in_conference` ON `cancelled_sessions` (`conference_id`);--> statement-breakpoint
CREATE TABLE `passes` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`name` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "pass_ends_after_start" CHECK("passes"."ends_at" > "passes"."starts_at")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `pass_in_conference` ON `passes` (`conference_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_pass_per_name` ON `passes` (`conference_id`,`name`);--> statement-breakpoint
CREATE TABLE `plenaries` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`summary` text DEFAULT '' NOT NULL,
	`place` text DEFAULT '' NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`uid` text NOT NULL,
	`sequence` integer DEFAULT 0 NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "plenary_ends_after_start" CHECK("plenaries"."ends_at" > "plenaries"."starts_at")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `plenaries_uid_unique` ON `plenaries` (`uid`);--> statement-breakpoint
CREATE INDEX `plenaries_of_conference` ON `plenaries` (`conference_id`,`starts_at`);--> statement-breakpoint
CREATE TABLE `room_closures` (
	`conference_id` text NOT NULL,
	`room_id` text NOT NULL,
	`pass_id` text NOT NULL,
	PRIMARY KEY(`room_id`, `pass_id`),
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`room_id`) REFERENCES `rooms`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`,`pass_id`) REFERENCES `passes`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `rooms` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`name` text NOT NULL,
	`capacity` integer NOT NULL,
	`features` text DEFAULT '[]' NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "room_capacity_not_negative" CHECK("rooms"."capacity" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `room_in_conference` ON `rooms` (`conference_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_room_per_name` ON `rooms` (`conference_id`,`name`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`workshop_id` text NOT NULL,
	`pass_id` text NOT NULL,
	`room_id` text NOT NULL,
	`uid` text NOT NULL,
	`sequence` integer DEFAULT 0 NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`workshop_id`) REFERENCES `workshops`(`conference_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`pass_id`) REFERENCES `passes`(`conference_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`room_id`) REFERENCES `rooms`(`conference_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_uid_unique` ON `sessions` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_session_per_room_and_pass` ON `sessions` (`conference_id`,`room_id`,`pass_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_session_per_workshop_and_pass` ON `sessions` (`conference_id`,`workshop_id`,`pass_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `session_identity` ON `sessions` (`conference_id`,`id`,`pass_id`,`workshop_id`);--> statement-breakpoint
CREATE TABLE `workshop_organisations` (
	`conference_id` text NOT NULL,
	`workshop_id` text NOT NULL,
	`organisation_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`workshop_id`, `organisation_id`),
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organisation_id`) REFERENCES `organisations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`workshop_id`) REFERENCES `workshops`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `workshop_passes` (
	`conference_id` text NOT NULL,
	`workshop_id` text NOT NULL,
	`pass_id` text NOT NULL,
	PRIMARY KEY(`workshop_id`, `pass_id`),
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`workshop_id`) REFERENCES `workshops`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`,`pass_id`) REFERENCES `passes`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `workshop_presenters` (
	`conference_id` text NOT NULL,
	`workshop_id` text NOT NULL,
	`presenter_id` text NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`workshop_id`, `presenter_id`),
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`workshop_id`) REFERENCES `workshops`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`,`presenter_id`) REFERENCES `presenters`(`conference_id`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `workshops_of_presenter` ON `workshop_presenters` (`presenter_id`);--> statement-breakpoint
CREATE TABLE `workshops` (
	`id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`code` text NOT NULL,
	`title` text NOT NULL,
	`summary` text DEFAULT '' NOT NULL,
	`language` text NOT NULL,
	`requires` text DEFAULT '[]' NOT NULL,
	`min_size` integer DEFAULT 0 NOT NULL,
	`max_size` integer,
	`reserved` integer DEFAULT 0 NOT NULL,
	`min_offerings` integer DEFAULT 1 NOT NULL,
	`max_offerings` integer DEFAULT 1 NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "workshop_sizes" CHECK("workshops"."min_size" >= 0 AND ("workshops"."max_size" IS NULL OR "workshops"."max_size" >= "workshops"."min_size")),
	CONSTRAINT "workshop_offerings" CHECK("workshops"."min_offerings" >= 0 AND "workshops"."max_offerings" >= "workshops"."min_offerings"),
	CONSTRAINT "workshop_reserved_not_negative" CHECK("workshops"."reserved" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `workshop_in_conference` ON `workshops` (`conference_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `one_workshop_per_code` ON `workshops` (`conference_id`,`code`);--> statement-breakpoint
CREATE TABLE `picks` (
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
) STRICT;
--> statement-breakpoint
CREATE INDEX `picks_of_session` ON `picks` (`session_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `never_the_same_workshop_twice` ON `picks` (`attendee_id`,`workshop_id`);--> statement-breakpoint
CREATE TABLE `session_seats` (
	`session_id` text PRIMARY KEY NOT NULL,
	`conference_id` text NOT NULL,
	`seats` integer NOT NULL,
	`taken` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`) REFERENCES `conferences`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "taken_within_seats" CHECK("session_seats"."taken" BETWEEN 0 AND "session_seats"."seats")
) STRICT;
--> statement-breakpoint
CREATE INDEX `seats_of_conference` ON `session_seats` (`conference_id`);--> statement-breakpoint
CREATE TABLE `waitlist` (
	`ticket` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`conference_id` text NOT NULL,
	`attendee_id` text NOT NULL,
	`pass_id` text NOT NULL,
	`session_id` text NOT NULL,
	`workshop_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`conference_id`,`attendee_id`) REFERENCES `attendees`(`conference_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`conference_id`,`session_id`,`pass_id`,`workshop_id`) REFERENCES `sessions`(`conference_id`,`id`,`pass_id`,`workshop_id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `queue_of_session` ON `waitlist` (`session_id`,`ticket`);--> statement-breakpoint
CREATE UNIQUE INDEX `once_in_each_queue` ON `waitlist` (`attendee_id`,`session_id`);--> statement-breakpoint
CREATE TABLE `wishes` (
	`conference_id` text NOT NULL,
	`attendee_id` text NOT NULL,
	`rank` integer NOT NULL,
	`workshop_id` text NOT NULL,
	PRIMARY KEY(`attendee_id`, `rank`),
	FOREIGN KEY (`conference_id`,`attendee_id`) REFERENCES `attendees`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`conference_id`,`workshop_id`) REFERENCES `workshops`(`conference_id`,`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "rank_from_one" CHECK("wishes"."rank" >= 1)
) STRICT;
--> statement-breakpoint
CREATE INDEX `wishes_of_conference` ON `wishes` (`conference_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `each_workshop_wished_once` ON `wishes` (`attendee_id`,`workshop_id`);