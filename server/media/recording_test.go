package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

// waveOf is so many seconds of silence, 8,000 bytes each.
func waveOf(seconds int) []byte {
	data := make([]byte, 8000*seconds)
	head := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00")
	head = binary.LittleEndian.AppendUint32(head, 8000)
	head = binary.LittleEndian.AppendUint32(head, 8000)
	head = append(head, 1, 0, 8, 0)
	head = append(head, "LIST\x03\x00\x00\x00abc\x00data"...) // an odd block is filled up by one
	head = binary.LittleEndian.AppendUint32(head, uint32(len(data)))
	return append(head, data...)
}

func box(name string, inside ...[]byte) []byte {
	all := bytes.Join(inside, nil)
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(all)+8)), name...), all...)
}

func mp4Of(brand, handler string, scale, long uint32) []byte {
	mvhd := binary.BigEndian.AppendUint32(make([]byte, 12), scale)
	mvhd = append(binary.BigEndian.AppendUint32(mvhd, long), make([]byte, 80)...)
	hdlr := append(append(make([]byte, 8), handler...), make([]byte, 12)...)
	return bytes.Join([][]byte{
		box("ftyp", []byte(brand), make([]byte, 4)), box("free"),
		box("moov", box("mvhd", mvhd), box("trak", box("tkhd"), box("mdia", box("mdhd"), box("hdlr", hdlr)))),
		box("mdat", make([]byte, 100)),
	}, nil)
}

func element(name uint64, inside ...[]byte) []byte {
	head := bytes.TrimLeft(binary.BigEndian.AppendUint64(nil, name), "\x00")
	all := bytes.Join(inside, nil)
	return append(binary.BigEndian.AppendUint16(head, 0x4000|uint16(len(all))), all...)
}

func webOf(sort byte, milliseconds float64) []byte {
	infos := [][]byte{element(scale, []byte{0x0f, 0x42, 0x40})}
	if milliseconds != 0 {
		infos = append(infos, element(duration, binary.BigEndian.AppendUint64(nil, math.Float64bits(milliseconds))))
	}
	inside := append(element(info, infos...), element(tracks, element(track, element(0xd7, []byte{1}), element(trackSort, []byte{sort})))...)
	open := []byte("\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff") // a recorder does not know how long it will be
	return bytes.Join([][]byte{element(0x1a45dfa3, element(0x4282, []byte("webm"))), open, inside}, nil)
}

func oggOf(head string, samples uint64) []byte {
	page := func(granule uint64, body string) []byte {
		p := append([]byte("OggS\x00\x02"), binary.LittleEndian.AppendUint64(nil, granule)...)
		return append(append(append(p, make([]byte, 12)...), 1, byte(len(body))), body...)
	}
	return append(page(0, head), page(samples, "sound")...)
}

func frames(head string, size, count int) []byte {
	return bytes.Repeat(append([]byte(head), make([]byte, size-len(head))...), count)
}

func TestEachFormOfRecording(t *testing.T) {
	for name, c := range map[string]struct {
		file    []byte
		kind    string
		seconds int
	}{
		"the recorder of a basic phone": {append([]byte("#!AMR\n"), frames("\x3c", 32, 500)...), "audio/amr", 10},
		"the same, broad":               {append([]byte("#!AMR-WB\n"), frames("\x1c", 37, 100)...), "audio/amr-wb", 2},
		"wav":                           {waveOf(3), "audio/wav", 3},
		"3gp":                           {mp4Of("3gp4", "soun", 1000, 65_400), "audio/3gpp", 65},
		"m4a":                           {mp4Of("M4A ", "soun", 44100, 441_000), "audio/mp4", 10},
		"m4a that is still written":     {mp4Of("isom", "soun", 1000, 0), "audio/mp4", 0},
		"mp3":                           {frames("\xff\xfb\x90\x00", 417, 383), "audio/mpeg", 10},
		"mp3 with words":                {append([]byte("ID3\x03\x00\x00\x00\x00\x01\x00"+strings.Repeat("w", 128)), frames("\xff\xf3\x40\xc0", 104, 153)...), "audio/mpeg", 4},
		"aac":                           {frames("\xff\xf1\x50\x80\x20\x1f\xfc", 256, 431), "audio/aac", 10},
		"opus":                          {oggOf("OpusHead\x01\x01", 480_000), "audio/ogg", 10},
		"vorbis":                        {oggOf("\x01vorbis\x00\x00\x00\x00\x01\x40\x1f\x00\x00", 40_000), "audio/ogg", 5},
		"ogg that says nothing":         {oggOf("\x7fFLAC", 480_000), "audio/ogg", 0},
		"webm":                          {webOf(2, 12_500), "audio/webm", 13},
		"webm that is still written":    {webOf(2, 0), "audio/webm", 0},
	} {
		kept := read(t, c.file)
		if kept.Photo || kept.Type != c.kind || kept.Seconds != c.seconds || !bytes.Equal(kept.Bytes, c.file) {
			t.Errorf("%s: %s of %d s, want %s of %d s", name, kept.Type, kept.Seconds, c.kind, c.seconds)
		}
	}
}

func TestRecordingsThatAreRefused(t *testing.T) {
	refused(t, mp4Of("mp42", "vide", 1000, 5000), Video)
	refused(t, webOf(1, 5000), Video)
	refused(t, oggOf("\x80theora", 100), Video)
	refused(t, mp4Of("M4A ", "soun", 1, MostSeconds+1), Long)
	refused(t, webOf(2, math.Inf(1)), Long)
	refused(t, webOf(2, math.NaN()), Long)
	refused(t, append([]byte("#!AMR\n"), frames("\x3c", 32, 50*MostSeconds+1)...), Long)
	refused(t, append(mp4Of("M4A ", "soun", 1, 60), make([]byte, MostRecording)...), Heavy)
	refused(t, mp4Of("M4A ", "soun", 1, 60)[:40], Broken)
	refused(t, mp4Of("M4A ", "text", 1, 60), Broken)
	refused(t, []byte("\x1a\x45\xdf\xa3"), Broken)
	read(t, waveOf(MostSeconds)) // ten minutes are ten minutes
}

// Whatever is sent, reading it ends, breaks nothing, and keeps only what the
// pages can give back.
func FuzzRead(f *testing.F) {
	photo := asJPEG(f, quarters(40, 30))
	for _, seed := range [][]byte{
		photo, withEXIF(photo, 6), asPNG(f, quarters(20, 20)), webpDot(), []byte("GIF89a\x02\x00\x02\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x02\x0c\x0a\x00;"),
		waveOf(1), mp4Of("3gp4", "soun", 1000, 500), webOf(2, 100), oggOf("OpusHead", 100),
		append([]byte("#!AMR\n"), frames("\x3c", 32, 3)...), frames("\xff\xfb\x90\x00", 417, 3), frames("\xff\xf1\x50\x80\x20\x1f\xfc", 256, 3),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		kept, err := Read(context.Background(), file)
		if err != nil {
			if _, why := Why(err); !why {
				t.Fatalf("no refusal: %v", err)
			}
			return
		}
		if kept.Seconds < 0 || kept.Seconds > MostSeconds || len(kept.Bytes) == 0 || kept.Photo != (kept.Type == "image/jpeg") {
			t.Fatalf("kept %s of %d s, %d bytes", kept.Type, kept.Seconds, len(kept.Bytes))
		}
		if kept.Photo {
			if kept.Wide < 1 || kept.High < 1 {
				t.Fatalf("%d × %d", kept.Wide, kept.High)
			}
			segments(t, kept.Bytes)
		}
	})
}
