package main

const about = "Lianxin: a county's citizen message board in one binary."

// program is the command line. Its tags are the one table of what a process is
// told: flags, environment, defaults, help. kong reads them here, and a test
// holds the tables of both READMEs against them. What a county decides (its
// name, its units, its rules) is no flag: it lies in the store.
type program struct {
	Lang string `env:"LIANXIN_LANG" placeholder:"TAG" help:"Language of what is printed, zh-Hans or en; without it that of LANG."`

	Serve      serve      `cmd:"" help:"Serve the county's board."`
	Demo       demo       `cmd:"" help:"Serve a made-up county to look around in."`
	County     name       `cmd:"" help:"Say what the county is called; without flags, show it."`
	Unit       units      `cmd:"" help:"The units that handle cases."`
	Staff      staff      `cmd:"" help:"The people who work on cases."`
	Import     bring      `cmd:"" help:"Bring in cases from the CSV or Excel export of another system."`
	Export     takeAll    `cmd:"" help:"Write everything into files that can be read without this program."`
	Load       load       `cmd:"" help:"Make an equal county of an export, in a folder that holds none."`
	Pin        pin        `cmd:"" name:"pin" help:"Print number and PIN of a case for a sealed letter to somebody without a phone."`
	Backup     save       `cmd:"" help:"Make a backup, whether the server runs or not."`
	Restore    restore    `cmd:"" help:"Unpack a backup into a folder that holds no county."`
	Upgrade    upgrade    `cmd:"" help:"Make data of an older program ready for this one, after a backup of them; serve does it by itself."`
	Drill      drill      `cmd:"" help:"Restore the newest backup where nobody sees it, to know that it can be done."`
	Checkpoint checkpoint `cmd:"" help:"Seal what happened and print the checkpoint, to be kept outside the box."`
	Authority  authority  `cmd:"" help:"Print the sheet with which each desk installs the county's own authority."`
	Doctor     doctor     `cmd:"" help:"Say what is well with this box and what is not: disk, clock, keys, backups, certificate, texts, calendar, staff."`
	Verify     verify     `cmd:"" help:"Hold the record against itself and against checkpoints that were kept outside."`
	Check      check      `cmd:"" help:"Hold the store against itself: chains, snapshots, indexes."`
	Erase      erase      `cmd:"" help:"Erase a person, or with --case one case: their words, name and phone, for good. Prints a certificate."`
	Retention  retention  `cmd:"" help:"Let go now of the cases and people that the county's rule gives no more time; the server does it each night."`
	Compact    compact    `cmd:"" help:"Write the store anew without what was deleted; erase does it by itself."`
	Clock      clocks     `cmd:"" help:"The machine's clock."`
	Calendar   dates      `cmd:"" help:"The statutory calendar."`
	Version    release    `cmd:"" help:"Print the version."`
}

// folders are where a county lies. They are apart, so that a copy of the data
// does not carry the keys along.
type folders struct {
	Data string `env:"LIANXIN_DATA" default:"data" type:"path" placeholder:"DIR" help:"Folder of the data."`
	Keys string `env:"LIANXIN_KEYS" default:"keys" type:"path" placeholder:"DIR" help:"Folder of the keys; never inside the data."`
}

// ways are how a server is reached.
type ways struct {
	Addr        string   `env:"LIANXIN_ADDR" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to listen; port 0 takes a free one."`
	Host        []string `env:"LIANXIN_HOST" placeholder:"NAME" help:"A name that the board answers to, such as lianxin.example.cn; may be repeated."`
	Proxy       []string `env:"LIANXIN_PROXY" placeholder:"CIDR" help:"A proxy with TLS in front, whose X-Forwarded-For and -Proto are believed; may be repeated."`
	SureTexts   bool     `name:"sure-texts" env:"LIANXIN_SURE_TEXTS" help:"The mobile operator vouches for the sender of each text that comes in: a text then shows that its phone still has the same owner."`
	TextTo      string   `name:"text-to" env:"LIANXIN_TEXT_TO" placeholder:"NUMBER" help:"The number to which people send texts. With --sure-texts they can log in by one."`
	Hall        []string `env:"LIANXIN_HALL" placeholder:"CIDR" help:"A network of the county's own desks, where many people log in on a few machines; may be repeated."`
	InsecureLAN bool     `name:"insecure-lan" env:"LIANXIN_INSECURE_LAN" help:"Let other machines in over plain HTTP; staff stay shut out."`
}
