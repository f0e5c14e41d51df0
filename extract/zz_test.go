package extract
import ("testing";"os";"fmt";"context";"path/filepath";"strings")
func TestZZ(t *testing.T){ fs,_:=filepath.Glob("/tmp/pairs/*.docx"); tot,hit:=0,0; for _,f:=range fs { a,_:=Read(context.Background(),f,Options{}); b,_:=Read(context.Background(),strings.TrimSuffix(f,"docx")+"pdf",Options{});
 key:=func(s string)string{return strings.ReplaceAll(s,"-","")}
 have:=map[string]int{}; _ = os.Args
 for _,x:=range b.Documents[0].Blocks { have[string(x.Kind)+key(x.Text)]++ }
 fmt.Println("#####",f,len(a.Documents[0].Blocks),len(b.Documents[0].Blocks))
 want:=map[string]int{}
 for _,x:=range a.Documents[0].Blocks { k:=string(x.Kind)+key(x.Text); want[k]++; tot++; if have[k]==0 {fmt.Printf("  - %s %.160s\n",x.Kind,x.Text)} else {have[k]--;hit++} }
 for _,x:=range b.Documents[0].Blocks { k:=string(x.Kind)+key(x.Text); if want[k]==0 {fmt.Printf("  + p%d %s %.160s\n",x.Loc.Page,x.Kind,x.Text)} else {want[k]--} }
 }; fmt.Println(hit,tot) }
