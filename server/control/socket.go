package control

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"syscall"
)

var (
	// ErrNoServer means that nobody listens at the path: the command may take
	// the data folder itself.
	ErrNoServer = errors.New("no server is running on this folder")
	// ErrTaken means that another server listens at the path.
	ErrTaken = errors.New("another server is running on this folder")
)

// Socket is a place where commands can knock. Close it when Serve is not
// called, or after it.
type Socket struct {
	path     string
	listener *net.UnixListener
	file     os.FileInfo // what we bound, to know it again
	closing  sync.Once
	closed   error
}

// Listen binds a socket at path with mode 0600. A socket file that a server
// left behind when it died is replaced; one that answers gives ErrTaken.
func Listen(path string) (*Socket, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	conn, err := dial(path)
	if err == nil {
		conn.Close()
		return nil, fmt.Errorf("control socket %s: %w", path, ErrTaken)
	}
	if !errors.Is(err, ErrNoServer) {
		return nil, err
	}
	if old, err := os.Lstat(path); err == nil && old.Mode().Type() != os.ModeSocket {
		return nil, fmt.Errorf("control socket %s: there is a file of another kind in its place", path)
	}
	s, err := bind(path)
	if err != nil {
		return nil, fmt.Errorf("control socket %s: %w", path, err)
	}
	return s, nil
}

// bind makes the socket in a folder that nobody else can enter, closes it to
// others there and moves it to its place whole: a socket is bound with the mode
// that the umask leaves, and may not be reachable before it has its own.
func bind(path string) (_ *Socket, err error) {
	cradle, err := os.MkdirTemp(filepath.Dir(path), ".control-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(cradle)) }()
	born := filepath.Join(cradle, "s")
	short, done, err := shorten(born)
	if err != nil {
		return nil, err
	}
	defer done()
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: short, Net: "unix"})
	if err != nil {
		return nil, err
	}
	listener.SetUnlinkOnClose(false) // it would unlink the name of birth
	s := &Socket{path: path, listener: listener}
	if err = os.Chmod(born, 0o600); err == nil {
		if s.file, err = os.Lstat(born); err == nil {
			err = os.Rename(born, path)
		}
	}
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return s, nil
}

// Close stops listening and takes the socket file away, unless another server
// has put its own there since.
func (s *Socket) Close() error {
	s.closing.Do(func() {
		s.closed = s.listener.Close()
		if now, err := os.Lstat(s.path); err == nil && os.SameFile(now, s.file) {
			s.closed = errors.Join(s.closed, os.Remove(s.path))
		}
	})
	return s.closed
}

// dial connects to the socket at path. ErrNoServer covers a missing file and a
// stale one; a socket that may not be opened is another error, because a
// command that went on then would meet the server's lock.
func dial(path string) (net.Conn, error) {
	short, done, err := shorten(path)
	if err != nil {
		return nil, fmt.Errorf("control socket %s: %w", path, err)
	}
	defer done()
	conn, err := net.Dial("unix", short)
	switch {
	case err == nil:
		return conn, nil
	case errors.Is(err, os.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOTSOCK):
		return nil, fmt.Errorf("control socket %s: %w", path, ErrNoServer)
	}
	return nil, fmt.Errorf("control socket %s: %w", path, err)
}

// maxPath is the longest path that bind and connect take on every system: the
// kernel has 108 bytes for it on Linux, 104 elsewhere, one of them a zero.
const maxPath = 103

// shorten gives a path that a socket call takes for the same place. A path that
// is too long gets a way round through a link to its folder; done removes it,
// the bound socket stays where it is.
func shorten(path string) (short string, done func(), err error) {
	if len(path) <= maxPath {
		return path, func() {}, nil
	}
	way, err := os.MkdirTemp("", "lianxin")
	if err != nil {
		return "", nil, fmt.Errorf("the path is longer than %d bytes and there is no way round: %w", maxPath, err)
	}
	done = func() { os.RemoveAll(way) }
	link := filepath.Join(way, "d")
	short = filepath.Join(link, filepath.Base(path))
	if err = os.Symlink(filepath.Dir(path), link); err == nil && len(short) > maxPath {
		err = fmt.Errorf("the folder for temporary files has too long a name")
	}
	if err != nil {
		done()
		return "", nil, fmt.Errorf("the path is longer than %d bytes and there is no way round: %w", maxPath, err)
	}
	return short, done, nil
}
