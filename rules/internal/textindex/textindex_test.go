package textindex

import (
	"slices"
	"testing"
)

func TestNearest(t *testing.T) {
	ix, err := New([]Passage{
		{Text: "De inschrijving bestaat uit een plan en een prijs.", Heading: "Inschrijven"},
		{Text: "Opdrachtnemer neemt elke klacht serieus en zoekt met de cliënt een oplossing.", Heading: "Omgang met cliënten"},
		{Text: "Over klachten gaat niet de gemeente maar de aanbieder.", Heading: "Klachten"},
		{Text: "De factuur volgt na afloop van de maand.", Heading: "Betaling"},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	got, err := ix.Nearest(t.Context(), "klachten klachtenregeling", "regeling voor cliënten", 2)
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{2, 1}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
