"""Small archives written by 7-Zip 26.02 itself, one for each way it packs. What is in them is written here:

材料/空.txt (empty), 材料/德隆镇活动总结.txt, 材料/统计表.csv; ``exe`` has prog.exe, too; in ``empty`` is
only a folder.
"""

from base64 import b85decode

SUMMARY = ("德隆镇社会工作宣传周活动总结\n" + "开展五社联动活动十二场。" * 20).encode()
TABLE = "单位,活动\n德隆镇,12\n".encode()

_PACKED = {
    "plain": (
        "H+sCUCma9-wtkU(2>}2A00000A^-pY00000qYt{t-"
        "~$x^WL*GquafSSIS!*L$1NMbwuCQHs}F_n>pI6G<*izuR)BcIV?^$jbC@nf(iTe;Yg%Gm_jsUwtF{iMZ|Lrt@%ly}{"
        "|BCS$jl2jIRose^ckQ|pbLOYx{XL`^v2`~n!6CBet-"
        "Y~004nA2d)p)D!TnZz>w1aeQ8aPbbHG|=EYe26qDHJz*~5<K+lY$l|x@wa-rCt{q(>@AQysBKqJ%CHFjmfoCe8<e09"
        "b@o@UzsC!ruThe%o-`2D%u8$UY)vYwh23mFkJd*117ZwApBf6V`FyqQ9tn-"
        "6LPo@Us;jG*lethzzWDZdX$>(Sj2Oz|<4l;67`m!qWI?DAvU02c;q0SSPe00#>J00AQd0RaVF01yBG41n4S0W})aP5"
        "=M"
    ),
    "lzma1": (
        "H+sCUCma9-iWGh?WdHyG00000#sB~S00000>CBeg0CKOA?v*(XqbkQO8^5-MFHx%xh4AY-"
        "$0FseTAx;cc*0{u?v`_yE=1B6OB8EbVqN!mpnj{i4yAAC?waxXMj-"
        "zOo_5I03pY6f?5Xq_piZC*fJ?fKNNV)P<O!O)5Tt&9009IB009YQ00#>J00AQd0RaVF01yBG41*Q`2n_-Wg8K>qkmg"
        "GimM>T>000F94gtUq0YDiB00000000q908nR{WdHzBXPIR$0D5{Z0CWI&0CWHV08nR{WiJ4?Uxt=Pl{;;yQafPNel7"
        "rX0C)g&0000`XPIR$0N;M0i)e^00Am1i0CoTX02Cqt0002QJHKVw0RRBRJHKVw0RRBRJHKVw0RRBRJHKVw0TmJf01$"
        "xfK_GynfgpgSfgpgSfdBv"
    ),
    "deflate": (
        "H+sCUCma9-n?K`Q_5c6?00000A^-"
        "pY00000VO>eD?bA&PKtLFW@%@~|h7%48N@gKuBMXJHQc9_r;WFO8k6Tbv?x1G<{I(Ca<*wpeCTF*isj&34))-"
        "qd4f5fbHPYeW`qTx3;g}?;@}*Z;zQJaQkW_|R?L2bEnco;8X%(Ig>>I)J1NHy_0D&_Ht`F25)4f2zkj~}HGM^c{hg7"
        "%~`UBtEt@$Q5Xyai03HQiB;{!n0C2CfhQm}%`-"
        "4Ff&7c<4`g7o#~j1cmJTz<viONOOU7+vMEP~EqE(D+|EHUo_8oMx>ay<ifDLOX*=J5SGfeIIO2(Me*@Rey)ef9LY4u"
        "$lTu>yk9#FMf;w000*TYXJ#>ivR};0RRCb0|5aAT>uaO01SY}3IV{?MsNTC"
    ),
    "bz": (
        "H+sCUCma9-FT-NEFaZDn00000BLDyZ00000e_L}SLRx4!F+o`-Q&~$1UGM+_Xjpjw5C8-"
        ")0CAQs6iz`TpAX<L0JsbQ0AK(B3;+ON0007|MII#eG7m}W2AVu4l{tIek1O!djsJ+D7m>t_*}Eb%BWqGN=0|xIYDPA"
        "=;71E}tVeE$j<`f*k!2MTsT?Yio#b3tq(($@BQi0iwfIP(8WFu}MqY$<x<Zo;tcc$dJbcKjqx@aT6yZWaEG2iq004n"
        "A2d)p*FmtLGB-8$~mwL{yL+hqR^zSTu6S&;U+Gh?6#{lQm*kK6Z#X_g;ZOFzN!2S>XyO;-"
        "44FqJr;XZYUS^2$6@vcKdM>l3aXoI6#)v=+*i;gw>=b+QYhq)1)3z><1(?4-"
        "@MASnB?1iOoQ{uQQJv4#OJXtkr>gX}TMjmw-H~;_u7Y2Z&0SSPN00#>J00AQd0RaVF01yBG41mT80aiHw;Q#;"
    ),
    "copy": (
        "H+sCUCma9-x8&j0oC5#=00000BLDyZ00000jNX~`<-WJ+nuh6>hv%fe<h+{Yx25F0oaL^g<h-"
        "Eek*MahyXA_g=778ByORp#ynyAgmE^jV=cK;qft2NnsOGf0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOG"
        "f0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOGf0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOG"
        "f0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOGf0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOG"
        "f0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOGf0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOG"
        "f0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOGf0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOG"
        "f0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOGf0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOG"
        "f0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOGf0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOG"
        "f0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOGf0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOG"
        "f0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOGf0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOG"
        "f0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOGf0<%+1~je+F4jOCoV<A8$YynyAgmE^jV=cK;qft2NnsOG"
        "f0<%+1~je+F4jOCoV<A8$Yjg{oRjV$K0yXA_g3gy1H>6(V=m4_@bG710yfinlLF`n^F{9`I`57#l)15H!s%*_(7+GZ"
        "Kw<(Fh_GX&X2KGu)C7Ao>-"
        "0z3>RW!+BainO&Og>RyB857IMx#k*yHg=28)@o0JJzw}!bw`td<C)5CE0keuHEk=pz&5X+Qt$%n=a&NkK>%oHDbmt1"
        "%`}+C9(>2;CozP5qyPW_7Y2hC0SSPH00#>J00AQd0RaVF01yBG41mT80ppa}>Hq)"
    ),
    "bcj": (
        "H+sCUCma9-Kr+rQ{r~^~00000A^-pY00000qL>*D-"
        "~$x^WL*GquafSSIS!*L$1NMbwuCQHs}F_n>pI6G<*izuR)BcIV?^$jbC@nf(iTe;Yg%Gm_jsUwtF{iMZ|Lrt@%ly}{"
        "|BCS$jl2jIRose^ckQ|pbLOYx{XL`^v2`~n!6CBet-Y~004nA2d)p)D!TnZyOd-c;%JeG)KCN1SPO-"
        "z+Tun=`a|Wax`%<7i2b<h6cIYm@Y`g{|9*toP?6wTXbssH#wr|%RS~8ius89pBkZ0G@vp|R_kO6FQ3A=Y2pArDmy6r"
        "XMqsmL44OuP_9h9T8VS=_$WBmD3oJp(gLWs7`O|Rxuf;Ztla|`r_}SC|000*TYyk;?k^lz_0RRCb0|5aAT>uaO01SY"
        "}3IU#dsqX*)"
    ),
    "delta": (
        "H+sCUCma9-xp4ag6#)PM00000BLDyZ00000=4*mF-~$x^dtCr>uafSTCWVSIExCh@d7g44;}F3jM}-"
        "IQ)ZcZxt%IWr<BPJ)32cQ(BGlzkpOJK_i9ZV@j$rq96hoqhf$0T0k&Lz;wfg{czjhEV4_J);I`u-"
        ">u)^d{9|1~HXde&NZMTd>0~Q_7y$T{bW#bZr5Dqh1%)k`c2><{90D&_Ht`F5OxOLWSCjsE@`&9me_BQP&!pRm9-"
        "3D`==2$8Li{?U10<WbX^GhZb6oisj_Us!@7es}CQ-yQV9LflpIwsr~A8#jxP;_5ibbhWHZ>Qx``r-"
        "}s{q^Tbt_j1o2+2pd2Q&s21pJqHULFxPqoLLxpM^}|)gzKOjMnaV?g*mpH#d1%&%*!!02c;;g8>PEk^lz_0RRCb0|5"
        "aAT>uaO01SY}3IPd``#%5x"
    ),
    "exe": (
        "H+sCUCma9-"
        "+Vm>R2?78B00000BLDyZ00000_sk!Y;0G50P+b5fmV5vZ41IYVOZh^7uywfA=L3qJuOo45y$&#spjuHwrs0Ym#c<PQ"
        "5UBoSTLvJ|oBQ?Z(vA;?vh+6KM@FVL>08R*anl8}uvdjsQ3b)lJAqn?8&}WCjB=B3st4DVL=oDVg3l+fJo~-"
        "@Za;X4DAXUP_Eov@gK~gkk~D7C=|7e`NI~nLt7|0^hT_`>>zD&8i`D7OpuerktyRO632cfy+vA7)N14V_W2X5sSDAv"
        "*Gz%2;tFg{N6SJH$;QbYV_>98wR9#{n@s#}#P)7-h_I1h@n4X?Na|u-"
        "rokJb@V6*eLXO2PCmrY{bikdaFBup%{vU&zuxcgK~$Y|r6@Cm2yyhswCK+(GVP9E4aOAu?h$8{D(m-"
        "0*g(@$DjdTdG|CZf2_caK#Q%fJfGN%h$2wUBJp-Q1#(cipz!F34jI(x}Z-s;mG2004nA2d)p*ImHJTB-"
        "8%0a2SC=9(5V`#Z83|l9e*02x)@+`m`MQ`Y?+qKm#6_#QB2>aSbBs^2unb?n8%)Ovy`#Y3>6DlHe5Ob~jvgNUB=X4z"
        "6zQ1?PX}@(P3Sa3@*ap=n2h{G)SaP6HTu9HSXKOHyx9Ra`CDT<asvq;>rHI;}Pqcs)OX_8q5uQ8j0gvz#y894asb2U"
        "g5r)%JC?O@4+j+@dLFHVgm&02c;<SOE!uu>c1P0RRCb0|5aAT>uaO01SZY3IWoT!@U3i"
    ),
    "ppmd": (
        "H+sCUCma9-N2p|J>;M1&00000A^-"
        "pY00000&Y1p$0OZy*Kz?hg>v;$^BOKld?ai`V&@j?jxtc@hwD@c0l;3w~5YOU%@`$i;@T{+VY<e8s{gn43fNouWq)="
        "Ixa?UQ!W6bmb0002a)9}bC>qAjb$-"
        "U>5IQHoP004nA2d)p(Tt@vsz>w2J#VRarpr3nc?MKEm4L!I<PfGmZXQ;hk?Ku=7h+<IaP;-"
        "3i)aofBZ0}P(ih%Ae8y-1LQ}e7m#GDS*C--rXY-IqMpR)rGHst0^BT>BFhhZ(W(e3kEQtQ9h+4WX`BT!Js_w&vj9Fh"
        "GO;<}W-k%i(|Rxl0y6y(`H000007Y1Ab34o9Q2MYlJ0V4we0R>$E5C8xSfW`^|OoI(x000"
    ),
    "crypt": (
        "H+sCUCma9-{=`1H6#)PM00000A^-pY00000GES)1BmT_KAjvx}(^3}PH{v@~JMaqb<&-"
        "<4GVhC1Y!P{Ty0MRwpp$b`%v_?ifEFMa9wZv*AlK@h`{m_I<z?xZ-"
        "{NkyzlDD0^M{?Eb&KbWB2A7(q#rIgNiz|3Omlf`j&I}p5#sB;s<=AyXOMoR004nA2d)p)URV7>5c(pDwFOGQ+D1|)I"
        "R8CLK0GfF;1I&VQhzj~5x<$=|42fTa0}yhbSg!G9mLWh=HsN2rwg9#RmgXg8y=$ost*>S=W0Fs7I%T?$qDQm?c}T{$"
        "W|!XnZEyDxo>QYT`^>Q78?9vn?uBCsepVue!9X{hz0?h2%aN?uAg#sXtN-"
        "mUR{*THNS&ipptAvVrnE7*`xpf02c;u0SSPm00#>J00AQd0RaVF01yBG41m@O0qzF9IRF3"
    ),
    "crypthead": (
        "H+sCUCma9-"
        "*&0VyAOQdX00000J^%m!00000v3w$`=lA67;{TtOjxMi0tw7TTgwxG4@APWQ+7h3`_|86$_TN<KyoiPMwRP1z#ft;-"
        "0|-"
        "o_t5=fa9Fu%@KaFsqaaNCtF`va+XHTR%;?X_shPrz)VLDnLX2uWdl?VF{C5+9oEa8x7Slx#<E!s17jVi)K5{9|QD%p"
        "E|{>_Il((rQY=#Vs=%jX?SC%@b<ndie1Me%yT-"
        "rz!P^QI=K50(*^<nxUYq9QYfU48I9msP4e46^ga5O8KgNET2*reys6$Yel`pxbEBhUCWXY+t~n<ZYFpU+~|iV-gl<r"
        "+3ey*?vF9CgI2!5Y%nH<{~LO##hd8*A9Sfct=ujBXjqf*#X6=s(KtOESq6F+%U?rXpkj&*P$td`@a&P7Y1+v34pKw2"
        "MYlJ0wf0U2LTdO4=gm;rgge@`ELQP>c5k6HX{Q80R>$E5C8xH01SYofYu5Dh~YYt000"
    ),
    "empty": (
        "H+sCUCma9-"
        "6_KtA0000000000G5`Po00000{WOYD0R;gL0e~3=0000001*iQdV215RbK!A83F(R6bb<VmIJ2&6n)(R6$SwS5P<DL"
        "000"
    ),
}
SEVEN_ZIPS = {name: b85decode(text) for name, text in _PACKED.items()}
