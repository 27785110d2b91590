package bench

import (
	"fmt"
	"os"
	"strconv"
	"testing"
)

// BenchmarkMachine says what all the other tables were measured on.
func BenchmarkMachine(b *testing.B) {
	for b.Loop() {
		fmt.Println(Machine())
	}
}

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

// BenchmarkScale prints the tables of Scale once, for CASES cases in the folder
// COUNTY.
func BenchmarkScale(b *testing.B) {
	cases, err := strconv.Atoi(os.Getenv("CASES"))
	if err != nil {
		cases = 20_000
	}
	for b.Loop() {
		if err := Scale(os.Stdout, cases, os.Getenv("COUNTY")); err != nil {
			b.Fatal(err)
		}
	}
}
