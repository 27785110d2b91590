package office

import (
	"context"
	"sync"

	"lianxin/server/board"
	"lianxin/store"
)

// Directory is what changes rarely and is wanted on every page: the county's
// settings, its units, its staff.
type Directory struct {
	*board.Settings
	Units map[board.ID]*board.Unit
	List  []*board.Unit // the same units, the oldest first
	Staff map[board.ID]*board.Staff

	Villages map[string]*board.Villages // of each township, by the name under which cases keep it
}

// Where tells which village of a township is meant by what somebody typed.
func (d *Directory) Where(township, typed string) board.Whereabouts {
	return d.Villages[d.PlaceName(township)].Find(typed)
}

// UnitName is a unit's name in the language that pick picks, "" for none.
func (d *Directory) UnitName(id board.ID, pick func(map[string]string) string) string {
	if u := d.Units[id]; u != nil {
		return pick(u.Name)
	}
	return ""
}

// StaffName is the name of a member of staff, "" for anybody else.
func (d *Directory) StaffName(id board.ID) string {
	if s := d.Staff[id]; s != nil {
		return s.Name
	}
	return ""
}

// nameCache keeps the directory as long as the store's version stands.
type nameCache struct {
	sync.Mutex
	version uint64
	list    *Directory
}

// County gives the county's directory. It costs one read while nothing has
// changed. It must not be called inside a deed: what it keeps in memory has to
// be what is stored.
func (o *Office) County(ctx context.Context) (*Directory, error) {
	var d *Directory
	err := o.store.View(ctx, func(tx *store.Tx) (err error) {
		d, err = o.directory(tx)
		return err
	})
	return d, err
}

func (o *Office) directory(tx *store.Tx) (*Directory, error) {
	version, err := tx.Version()
	if err != nil {
		return nil, err
	}
	o.names.Lock()
	defer o.names.Unlock()
	if o.names.list != nil && o.names.version == version {
		return o.names.list, nil
	}
	d, err := readDirectory(tx)
	if err != nil {
		return nil, err
	}
	o.names.version, o.names.list = version, d
	return d, nil
}

func readDirectory(tx *store.Tx) (*Directory, error) {
	settings, err := tx.Settings()
	if err != nil {
		return nil, err
	}
	units, err := tx.Units()
	if err != nil {
		return nil, err
	}
	staff, err := tx.StaffList()
	if err != nil {
		return nil, err
	}
	villages, err := tx.VillageLists()
	if err != nil {
		return nil, err
	}
	d := &Directory{
		Settings: settings, List: units, Units: map[board.ID]*board.Unit{}, Staff: map[board.ID]*board.Staff{},
		Villages: map[string]*board.Villages{},
	}
	for _, v := range villages {
		d.Villages[v.Township] = v
	}
	for _, u := range units {
		d.Units[u.ID] = u
	}
	for _, s := range staff {
		d.Staff[s.ID] = s
	}
	return d, nil
}
