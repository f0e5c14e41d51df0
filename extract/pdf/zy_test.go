package pdf
import ("testing";"os";"fmt")
func TestZY(t *testing.T){ d,_:=os.ReadFile("/tmp/gen/pdf/programma-van-eisen.pdf"); r,_:=open(d); f:=&file{fonts:map[string]*font{}}; lv:=pageLeaves(r.Trailer().Key("Root").Key("Pages")); p:=f.page(lv[0],1); fmt.Println(len(p.rules)); for i,r:=range p.rules{ if i<30 {fmt.Println(r)}}; for _,g:=range touching(p.rules){ fmt.Println("group",len(g), newTable(g)!=nil)}; rs:=p.runs(); for _,r:=range rs[len(rs)-12:]{ fmt.Printf("%.1f-%.1f y%.1f size%.1f %.60q\n",r.x0,r.x1,r.y,r.size,r.text)}
 }
