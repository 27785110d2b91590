package bench

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
)

// Machine names the machine that is measured: its processors, memory, kernel,
// and the file system of the folder for temporary files. Ratios say something
// on any machine, times only beside its name.
func Machine() string {
	field := func(file, name string) string {
		text, err := os.ReadFile(file)
		if err != nil {
			return "?"
		}
		for line := range strings.Lines(string(text)) {
			if key, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(key) == name {
				return strings.TrimSpace(value)
			}
		}
		return "?"
	}
	var kernel syscall.Utsname
	release := "?"
	if syscall.Uname(&kernel) == nil {
		var b strings.Builder
		for _, c := range kernel.Release {
			if c == 0 {
				break
			}
			b.WriteByte(byte(c))
		}
		release = b.String()
	}
	return fmt.Sprintf("machine: %s × %d, memory %s, Linux %s, disk %s",
		field("/proc/cpuinfo", "model name"), runtime.NumCPU(), field("/proc/meminfo", "MemTotal"), release, fileSystem(os.TempDir()))
}

// fileSystem is the kind of file system of a folder.
func fileSystem(folder string) string {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(folder, &fs); err != nil {
		return "?"
	}
	if name, known := map[int64]string{0xef53: "ext4", 0x58465342: "xfs", 0x9123683e: "btrfs", 0x794c7630: "overlay", tmpfs: "memory"}[int64(fs.Type)]; known {
		return name
	}
	return fmt.Sprintf("%#x", fs.Type)
}

// tmpfs is what the kernel calls a file system in memory.
const tmpfs = 0x01021994
