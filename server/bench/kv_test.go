package bench

import (
	"os"
	"testing"
)

// BenchmarkKV prints the table of KV once; the ratios in it are the result, not the time of the run.
func BenchmarkKV(b *testing.B) {
	for b.Loop() {
		if err := KV(os.Stdout); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDeeds prints the table of Deeds once.
func BenchmarkDeeds(b *testing.B) {
	for b.Loop() {
		if err := Deeds(os.Stdout); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPages prints the tables of Pages once.
func BenchmarkPages(b *testing.B) {
	for b.Loop() {
		if err := Pages(os.Stdout); err != nil {
			b.Fatal(err)
		}
	}
}
