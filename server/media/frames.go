package media

// MP3 and AAC are rows of frames, each of which says how long it is.

// frame3 reads the head of a frame of MP3: its bytes and its seconds; 0 for what
// is none.
func frame3(file []byte) (size int, seconds float64) {
	if len(file) < 4 || file[0] != 0xff || file[1]&0xe6 != 0xe2 { // in step, and of layer III
		return 0, 0
	}
	version := file[1] >> 3 & 3 // 3 is MPEG 1, 2 MPEG 2, 0 MPEG 2.5
	bits := [2][16]int{
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0},
	}
	rates := [4][4]int{{11025, 12000, 8000, 0}, {}, {22050, 24000, 16000, 0}, {44100, 48000, 32000, 0}}
	samples, row := 576, 0
	if version == 3 {
		samples, row = 1152, 1
	}
	kilobits, rate := bits[row][file[2]>>4], rates[version][file[2]>>2&3]
	if kilobits == 0 || rate == 0 {
		return 0, 0
	}
	return samples/8*kilobits*1000/rate + int(file[2]>>1&1), float64(samples) / float64(rate)
}

// frameAAC does the same for AAC.
func frameAAC(file []byte) (size int, seconds float64) {
	if len(file) < 7 || file[0] != 0xff || file[1]&0xf6 != 0xf0 {
		return 0, 0
	}
	rates := [16]int{96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350}
	rate := rates[file[2]>>2&15]
	size = int(file[3]&3)<<11 | int(file[4])<<3 | int(file[5]>>5)
	if rate == 0 || size < 7 {
		return 0, 0
	}
	return size, 1024 / float64(rate)
}

// framedMP3 asks for two frames, one behind the other: two bytes alone may stand
// anywhere.
func framedMP3(file []byte) bool { return twoFrames(file, frame3) }

func framedAAC(file []byte) bool { return twoFrames(file, frameAAC) }

func twoFrames(file []byte, frame func([]byte) (int, float64)) bool {
	size, _ := frame(file)
	if size == 0 || size >= len(file) {
		return false
	}
	second, _ := frame(file[size:])
	return second > 0
}

// mp3 adds up the frames behind the words about the song, of which nothing is
// read.
func mp3(file []byte) float64 {
	if begins("ID3")(file) && len(file) >= 10 {
		words := 10 + int(file[6]&127)<<21 + int(file[7]&127)<<14 + int(file[8]&127)<<7 + int(file[9]&127)
		file = file[min(words, len(file)):]
	}
	return added(file, frame3)
}

func aac(file []byte) float64 { return added(file, frameAAC) }

func added(file []byte, frame func([]byte) (int, float64)) (all float64) {
	for {
		size, seconds := frame(file)
		if size == 0 {
			return all
		}
		all += seconds
		file = file[min(size, len(file)):]
	}
}
