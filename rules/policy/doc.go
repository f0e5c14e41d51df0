// Package policy says which gaps a person has accepted: one by one with a waiver, or all of a moment with a baseline. It takes a run and gives a run: it
// judges no text, opens no files and does not know the day unless told.
package policy
