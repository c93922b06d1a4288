BEGIN TRANSACTION;
CREATE TABLE act (
	id INTEGER NOT NULL, 
	campaign TEXT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	unit TEXT NOT NULL, 
	obligation TEXT NOT NULL, 
	detail JSON NOT NULL, 
	who TEXT NOT NULL, 
	why TEXT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_act PRIMARY KEY (id), 
	CONSTRAINT uq_act_hash UNIQUE (hash), 
	CONSTRAINT uq_act_key UNIQUE ("key"), 
	CONSTRAINT uq_act_previous UNIQUE (previous)
);
INSERT INTO "act" VALUES(1,'drill','waive','A03','summary','{}','经办人甲','机构撤并','2023-06-01T01:00:00.000000+00:00','39198fb1531d2bd482e087e585319a46c9657fb88b7b529229103d942d73c76f','0000000000000000000000000000000000000000000000000000000000000000','b83254a93c86c16041cfe17058d83f27a25718db2faeb462f0925005100f54b1');
INSERT INTO "act" VALUES(2,'drill','call','A02','','{"outcome": "promised", "day": "2023-06-01"}','经办人甲','明天报','2023-06-01T01:00:00.000000+00:00','3d42b1942378ec691a5ca532dcf3886be7e55aea292c97abfe97d22bd3ee5542','b83254a93c86c16041cfe17058d83f27a25718db2faeb462f0925005100f54b1','cc1a71b526caa1b560713f138630ec62d6436ce9f7f685938e7ad5eab32307cf');
CREATE TABLE act_head (
	id INTEGER NOT NULL, 
	act INTEGER NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_act_head PRIMARY KEY (id)
);
INSERT INTO "act_head" VALUES(1,2,'cc1a71b526caa1b560713f138630ec62d6436ce9f7f685938e7ad5eab32307cf');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE arrival (
	id INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	form VARCHAR(8) NOT NULL, 
	filename TEXT NOT NULL, 
	hints JSON NOT NULL, 
	place TEXT NOT NULL, 
	received_at VARCHAR(32) NOT NULL, 
	taken_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_arrival PRIMARY KEY (id), 
	CONSTRAINT uq_arrival_source_digest_place UNIQUE (source, digest, place)
);
INSERT INTO "arrival" VALUES(1,'maildir:var/mail/inbox','A01-202305310900','c1b6a3749d873937a061d1235df5caaec6d33ef44fe78669521a69b14c8d6464','mail','','{}','','2023-05-31T02:00:00.000000+00:00','2023-05-31T02:00:00.000000+00:00');
CREATE TABLE cursor (
	source TEXT NOT NULL, 
	value TEXT NOT NULL, 
	failing_since VARCHAR(32), left_there JSON, 
	CONSTRAINT pk_cursor PRIMARY KEY (source)
);
INSERT INTO "cursor" VALUES('ledger:mark','e88530503c969c5d5ecf14f707351fdb',NULL,'["\u201c\u603b\u7ed3.lnk\u201d\u662f\u5feb\u6377\u65b9\u5f0f\u6216\u94fe\u63a5\uff0c\u4e0d\u662f\u6587\u4ef6\u672c\u8eab\uff0c\u672a\u6536\u53d6\uff0c\u8bf7\u653e\u5165\u539f\u6587\u4ef6"]');
CREATE TABLE judgement (
	campaign TEXT NOT NULL, 
	arrival INTEGER NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	kind VARCHAR(24) NOT NULL, 
	sender TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	message_id TEXT NOT NULL, 
	reasons JSON NOT NULL, 
	judged_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_judgement PRIMARY KEY (campaign, arrival), 
	CONSTRAINT fk_judgement_arrival FOREIGN KEY(arrival) REFERENCES arrival (id)
);
INSERT INTO "judgement" VALUES('drill',1,'submission','submission','a01@district.example','东山镇防汛演练总结','<29813e8540772a4fadfb9e33db943fa91921bd63@units.example>','[]','2023-05-31T02:00:00.000000+00:00');
CREATE TABLE letter (
	id INTEGER NOT NULL, 
	campaign TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	occasion TEXT NOT NULL, 
	obligations JSON NOT NULL, 
	address TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	message_id TEXT NOT NULL, 
	wire VARCHAR(64) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	attempts INTEGER NOT NULL, 
	queued_at VARCHAR(32) NOT NULL, 
	claimed_at VARCHAR(32), 
	settled_at VARCHAR(32), 
	reply TEXT NOT NULL, 
	CONSTRAINT pk_letter PRIMARY KEY (id), 
	CONSTRAINT uq_letter_campaign_unit_kind_occasion_address UNIQUE (campaign, unit, kind, occasion, address), 
	CONSTRAINT uq_letter_message_id UNIQUE (message_id)
);
INSERT INTO "letter" VALUES(1,'drill','A01','receipt','version:summary:1:877a2e07d510','["summary"]','a01@district.example','【回执】防汛演练：已收到演练总结（第 1 版）','<953876c2704f98f82306f0ed01b0a9c187458fb7@capture.example>','a1d2c99a8911afe7623491b3821933f2672ef57c3b1519aae862738aad672e04','sent',1,'2023-06-01T01:00:00.000000+00:00','2023-06-01T01:00:00.058810+00:00','2023-06-01T01:00:00.109272+00:00','2.0.0 Stored');
INSERT INTO "letter" VALUES(2,'drill','A01','start','rung:start','["summary", "figures"]','a01@district.example','【报送通知】防汛演练','<10afdce768a9f58a72d0dcdf38639bbe83c928d7@capture.example>','65c599e37378c065b5899fbffd692c77fe8df8ae15ab683c4dad8a1044bee09e','sent',1,'2023-06-01T01:00:00.000000+00:00','2023-06-01T01:00:00.399692+00:00','2023-06-01T01:00:00.464090+00:00','2.0.0 Stored');
INSERT INTO "letter" VALUES(3,'drill','A02','start','rung:start','["summary", "figures"]','a02@district.example','【报送通知】防汛演练','<49ed55ae807edadb07fd9260ae85000aacb6371e@capture.example>','7cd935d93c778de1add0b772854b0f0e66a1201f44094a832a11292d49cf03a4','sent',1,'2023-06-01T01:00:00.000000+00:00','2023-06-01T01:00:00.465834+00:00','2023-06-01T01:00:00.474723+00:00','2.0.0 Stored');
INSERT INTO "letter" VALUES(4,'drill','A03','start','rung:start','["summary", "figures"]','a03@district.example','【报送通知】防汛演练','<e5e559d3f74420f7ba20e4e41f08b35b42b89987@capture.example>','b671f13495246da40f42aeb919d614834487d13524c50a9667bc2edc4a9d94bb','sent',1,'2023-06-01T01:00:00.000000+00:00','2023-06-01T01:00:00.480058+00:00','2023-06-01T01:00:00.484984+00:00','2.0.0 Stored');
INSERT INTO "letter" VALUES(5,'drill','','dispatch','package:1:622480a5986c','[]','superior@district.example','【呈报】防汛演练汇总材料（第 1 号汇总件）','<683279a16ccf82117e34f812a67f8df5ae017451@capture.example>','3dec09940d0b19b07077c2af89cc60b0e20064c1ee825ae8e40ca625dd88b81b','sent',1,'2023-06-02T10:00:00.000000+00:00','2023-06-02T10:00:00.051024+00:00','2023-06-02T10:00:00.109983+00:00','2.0.0 Stored');
INSERT INTO "letter" VALUES(6,'drill','A02','daily','together:0123456789abcdef','["summary"]','a02@district.example','【逾期催报】2项材料尚未报齐：防汛演练','<00000000000000000000000000000000000000d1@capture.example>','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','queued',0,'2023-06-05T01:00:00.000000+00:00',NULL,NULL,'');
CREATE TABLE letter_part (
	letter INTEGER NOT NULL, 
	campaign TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	occasion TEXT NOT NULL, 
	obligations JSON NOT NULL, 
	CONSTRAINT pk_letter_part PRIMARY KEY (letter, campaign, unit, occasion), 
	CONSTRAINT fk_letter_part_letter FOREIGN KEY(letter) REFERENCES letter (id)
);
INSERT INTO "letter_part" VALUES(6,'drill','A02','rung:late@2023-06-02T17:00+08:00','["summary"]');
INSERT INTO "letter_part" VALUES(6,'drill','A03','rung:late@2023-06-02T17:00+08:00','["figures"]');
CREATE TABLE package (
	id INTEGER NOT NULL, 
	campaign TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	occasion TEXT NOT NULL, 
	as_of VARCHAR(32) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	path TEXT NOT NULL, 
	summary JSON NOT NULL, 
	built_at VARCHAR(32) NOT NULL, 
	dispatched_at VARCHAR(32), 
	dispatch JSON NOT NULL, 
	CONSTRAINT pk_package PRIMARY KEY (id), 
	CONSTRAINT uq_package_campaign_number UNIQUE (campaign, number), 
	CONSTRAINT uq_package_campaign_occasion UNIQUE (campaign, occasion)
);
INSERT INTO "package" VALUES(1,'drill',1,'package@2023-06-02T18:00:00+08:00','2023-06-02T10:00:00.000000+00:00','622480a5986cd6c57ce0af0220a1ad754e7c1ef62fdb1d4553414893f978bfbc','var/packages/drill-第01号','{"package": "drill-\u7b2c01\u53f7", "number": 1, "campaign": "drill", "title": "\u9632\u6c5b\u6f14\u7ec3", "issuer": "\u67d0\u533a\u5e94\u6025\u7ba1\u7406\u5c40", "superior": "\u67d0\u5e02\u5e94\u6025\u7ba1\u7406\u5c40", "as_of": "2023-06-02T18:00:00+08:00", "supplement_to": null, "obligations": [{"id": "summary", "title": "\u6f14\u7ec3\u603b\u7ed3", "due": "2023-06-02T17:00:00+08:00", "due_explained": "2023\u5e746\u67082\u65e5\uff08\u5468\u4e94\uff0917:00\u524d\uff08\u901a\u77e5\u539f\u6587\uff1a\u201c\u4e8e6\u67082\u65e517:00\u524d\u62a5\u9001\u201d\uff1b\u542b\u8be5\u65f6\u523b\uff09", "expected": 2, "received": 1, "on_time": 1, "late": 0, "states": {"missing": 1, "received": 0, "returned": 0, "accepted": 1, "nil": 0, "waived": 1}, "groups": [{"label": "\u9547\u8857\uff08\u9547\uff09", "expected": 2, "received": 1, "on_time": 1, "late": 0, "states": {"missing": 1, "received": 0, "returned": 0, "accepted": 1, "nil": 0, "waived": 1}}], "sums": [], "quotas": [], "targets": []}, {"id": "figures", "title": "\u6f14\u7ec3\u7edf\u8ba1\u8868", "due": "2023-06-02T17:00:00+08:00", "due_explained": "2023\u5e746\u67082\u65e5\uff08\u5468\u4e94\uff0917:00\u524d\uff08\u542b\u8be5\u65f6\u523b\uff09", "expected": 3, "received": 0, "on_time": 0, "late": 0, "states": {"missing": 3, "received": 0, "returned": 0, "accepted": 0, "nil": 0, "waived": 0}, "groups": [{"label": "\u9547\u8857\uff08\u9547\uff09", "expected": 3, "received": 0, "on_time": 0, "late": 0, "states": {"missing": 3, "received": 0, "returned": 0, "accepted": 0, "nil": 0, "waived": 0}}], "sums": [{"field": "drills", "title": "\u6f14\u7ec3\u573a\u6b21", "unit": "\u573a", "sum": 0, "units": 0, "unknown_units": [], "absent_units": 3}, {"field": "people", "title": "\u53c2\u6f14\u4eba\u6570", "unit": "\u4eba", "sum": 0, "units": 0, "unknown_units": [], "absent_units": 3}], "quotas": [{"field": "drills", "each": 2, "units": 3, "required": 6, "done": 0, "lacking": 6, "met": 0, "short": 0, "open": 3}], "targets": [{"field": "drills", "title": "\u4e94\u573a\u6f14\u7ec3", "required": 5, "done": 0, "lacking": 5}]}], "queue": 0, "unknown": ["\u67d0\u5e02\u5e94\u6025\u7ba1\u7406\u5c40\u89c4\u5b9a\u7684\u4e0a\u62a5\u65f6\u9650"], "counted": [["A01", "summary", "accepted", 1], ["A03", "summary", "waived", null]], "gaps": 4, "zip": "7f20880b978a3697b9b8e3b375925868f7f0b9c0fbc4a49e8e233397ecb105c2"}','2023-06-02T10:00:00.000000+00:00','2023-06-02T10:00:00.000000+00:00','{"channel": "email", "message_id": "<683279a16ccf82117e34f812a67f8df5ae017451@capture.example>", "parts": 1}');
CREATE TABLE queue_item (
	id INTEGER NOT NULL, 
	campaign TEXT NOT NULL, 
	arrival INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	filename TEXT NOT NULL, 
	sender TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	candidates JSON NOT NULL, 
	reasons JSON NOT NULL, 
	received_at VARCHAR(32) NOT NULL, 
	queued_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_queue_item PRIMARY KEY (id), 
	CONSTRAINT fk_queue_item_arrival FOREIGN KEY(arrival) REFERENCES arrival (id), 
	CONSTRAINT uq_queue_item_campaign_arrival_digest UNIQUE (campaign, arrival, digest)
);
CREATE TABLE submission (
	id INTEGER NOT NULL, 
	campaign TEXT NOT NULL, 
	obligation TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	filename TEXT NOT NULL, 
	files JSON NOT NULL, 
	arrival INTEGER, 
	sender TEXT NOT NULL, 
	verdict VARCHAR(16) NOT NULL, 
	reading JSON NOT NULL, 
	received_at VARCHAR(32) NOT NULL, 
	recorded_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_submission PRIMARY KEY (id), 
	CONSTRAINT fk_submission_arrival FOREIGN KEY(arrival) REFERENCES arrival (id), 
	CONSTRAINT uq_submission_campaign_obligation_unit_digest UNIQUE (campaign, obligation, unit, digest), 
	CONSTRAINT uq_submission_campaign_obligation_unit_version UNIQUE (campaign, obligation, unit, version)
);
INSERT INTO "submission" VALUES(1,'drill','summary','A01',1,'877a2e07d510915d09dc2acab7d54fc726ceb2e0a81b4a065fa0d2372b33c9d5','东山镇总结.docx','[{"filename": "\u4e1c\u5c71\u9547\u603b\u7ed3.docx", "digest": "877a2e07d510915d09dc2acab7d54fc726ceb2e0a81b4a065fa0d2372b33c9d5", "size": 36800}]',1,'a01@district.example','accepted','{"values": {}, "evidence": {}, "rows": null, "findings": [], "date": null, "nil": false, "reasons": ["\u6807\u9898\u6307\u660e\u62a5\u9001\u5355\u4f4d\u662f\u201c\u4e1c\u5c71\u9547\u201d", "\u63d0\u5230\u4e3b\u9898\u8bcd\uff1a\u9632\u6c5b"]}','2023-05-31T02:00:00.000000+00:00','2023-05-31T02:00:00.000000+00:00');
CREATE INDEX ix_act_campaign_kind ON act (campaign, kind);
CREATE INDEX ix_letter_campaign_state ON letter (campaign, state);
CREATE INDEX ix_letter_part_campaign_unit ON letter_part (campaign, unit);
COMMIT;
