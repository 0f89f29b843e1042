"""Opinions as people send them again from their own telephones: without marks, with keys of Telex
or VNI, in the words of messages, signed with their own house, clauses in another order, one more or
one fewer. Nothing of the room is used.

`opinions(seed)` gives (number of what is said, text); the same number says the same.
"""

import re
import unicodedata
from random import Random

# What is asked, why, what else; then what makes another opinion of it.
SAID = """
Đề nghị UBND xã sửa đoạn đường từ chợ Mới đến cầu Đá
mặt đường nhiều ổ gà, trời mưa xe máy ngã liên tục
bà con đi làm đồng rất vất vả
chợ Mới đến cầu Đá=>trường tiểu học đến cầu Đá
sửa đoạn đường=>lắp đèn đoạn đường

Tôi đồng ý mức đóng góp 200.000 đồng mỗi hộ để làm nhà văn hóa
nhà cũ đã dột nát không còn họp được
thôn bên cạnh đã có nhà mới từ năm ngoái
Tôi đồng ý=>Tôi không đồng ý
200.000 đồng=>500.000 đồng

Đề nghị lắp thêm đèn chiếu sáng ở ngõ 24
buổi tối ngõ tối om, đã có người bị giật túi
các cháu đi học thêm về rất sợ
ngõ 24=>ngõ 42
lắp thêm đèn chiếu sáng=>lắp thêm camera

Mong xã tổ chức thu gom rác 3 buổi mỗi tuần ở xóm Đông
rác để lâu bốc mùi hôi thối
ruồi muỗi nhiều ảnh hưởng sức khỏe người già
3 buổi=>5 buổi
xóm Đông=>xóm Tây

Đề nghị không cho xe tải trên 5 tấn chạy vào đường Nguyễn Trãi giờ tan học
rất nguy hiểm cho học sinh
tháng trước đã có một vụ tai nạn
Nguyễn Trãi=>Lê Lợi
5 tấn=>10 tấn

Gia đình tôi không nhất trí việc chặt hàng phượng trước cổng trường
cây cho bóng mát đã mấy chục năm
chỉ cần cắt tỉa cành khô là đủ
không nhất trí=>nhất trí
hàng phượng=>hàng xà cừ

Đề nghị nạo vét mương tiêu úng ở cánh đồng Sau trước mùa mưa
năm ngoái lúa ngập trắng cả đồng
mương đầy bèo và rác không thoát nước
cánh đồng Sau=>cánh đồng Trước
trước mùa mưa=>sau mùa mưa

Mong trạm y tế khám cả chiều thứ bảy cho người cao tuổi
con cháu ngày thường đi làm không đưa đi được
trạm hiện chỉ mở trong giờ hành chính
thứ bảy=>thứ tư
người cao tuổi=>trẻ em

Đề nghị lùi giờ mở loa phát thanh sang 6 giờ sáng
5 giờ nhiều nhà còn ngủ, trẻ nhỏ giật mình
âm lượng loa ở đầu tổ quá to
6 giờ sáng=>7 giờ sáng
lùi giờ mở=>bỏ hẳn việc mở

Tôi ủng hộ mở rộng đường trục chính của thôn lên 6 mét
xe cứu hỏa hiện không vào được
gia đình tôi sẵn sàng hiến 10 mét vuông đất
Tôi ủng hộ=>Tôi phản đối
6 mét=>4 mét

Đề nghị xây thêm 2 phòng học cho trường mầm non Hoa Sen
lớp các cháu hiện hơn 45 cháu một phòng
cô giáo không trông xuể
Hoa Sen=>Hoa Mai
2 phòng học=>2 nhà vệ sinh

Mong xã kiểm tra cơ sở giết mổ lợn ở đầu thôn Hạ
nước thải chảy thẳng ra ao làng
mùi hôi không chịu được nhất là buổi trưa
thôn Hạ=>thôn Thượng
giết mổ lợn=>tái chế nhựa

Đề nghị công khai các khoản thu chi quỹ xây dựng nông thôn mới năm 2025
dân đóng tiền mà chưa thấy báo cáo
niêm yết ở nhà văn hóa là được
năm 2025=>năm 2024
quỹ xây dựng nông thôn mới=>quỹ phòng chống thiên tai

Tôi không đồng ý chuyển chợ xuống khu đất gần nghĩa trang
chỗ đó xa dân và đường hẹp
người già đi chợ rất bất tiện
Tôi không đồng ý=>Tôi đồng ý
gần nghĩa trang=>gần sân bóng

Đề nghị cấp nước sạch cho 35 hộ cuối xóm Bãi
nước giếng khoan nhiễm phèn vàng
phải mua từng can nước để nấu ăn
xóm Bãi=>xóm Đồi
cấp nước sạch=>cấp điện ba pha

Mong phường làm gờ giảm tốc trước trường THCS Trần Phú
xe chạy rất nhanh lúc các cháu qua đường
cô giáo phải ra dắt học sinh
Trần Phú=>Lê Quý Đôn
gờ giảm tốc=>hàng rào

Đề nghị tổ chức hội làng vào ngày 12 tháng Giêng như các năm trước
con cháu đi xa đã xin nghỉ phép ngày đó
đổi ngày thì không ai về kịp
12 tháng Giêng=>10 tháng Ba
Đề nghị tổ chức=>Đề nghị không tổ chức

Đề nghị xử lý nhà hàng karaoke số 88 đường Hùng Vương hát quá 23 giờ
cả khu phố mất ngủ
đã gọi công an nhưng chỉ im được một hôm
Hùng Vương=>Quang Trung
nhà hàng karaoke=>quán nhậu

Tôi nhất trí thu phí vệ sinh 25.000 đồng một tháng
mức này phù hợp thu nhập người dân
miễn là xe rác đến đúng giờ
Tôi nhất trí=>Tôi không nhất trí
25.000 đồng=>40.000 đồng

Đề nghị sửa cầu treo qua suối Nậm Mu
ván mục nhiều, đi xe máy rất run
trẻ con vẫn đi học qua cầu này
suối Nậm Mu=>suối Nậm Khao
sửa cầu treo=>làm kè

Mong hợp tác xã xuống giống vụ xuân muộn hơn 10 ngày
dự báo còn rét đậm đến giữa tháng
mạ non chết rét thì mất cả vụ
vụ xuân=>vụ mùa
muộn hơn=>sớm hơn

Đề nghị hỗ trợ vắc xin dại cho chó mèo của hộ nghèo
nhiều nhà không tiêm vì không có tiền
đã có 2 người bị chó cắn
chó mèo=>trâu bò
hộ nghèo=>mọi hộ

Đề nghị cắm biển cấm đổ rác ở bãi đất trống cuối đường Phan Chu Trinh
đêm nào cũng có xe chở phế thải tới đổ
bãi rác tự phát ngày càng rộng
Phan Chu Trinh=>Phan Bội Châu
cấm đổ rác=>cấm đỗ xe

Tôi phản đối lấy sân bóng thôn làm bãi đỗ xe
thanh niên không còn chỗ chơi thể thao
bãi xe nên để ở khu đất sau chợ
Tôi phản đối=>Tôi ủng hộ
sân bóng thôn=>sân đình

Đề nghị lắp wifi miễn phí ở nhà văn hóa tổ 7
bà con nộp hồ sơ trực tuyến không có mạng
người già cần có chỗ được hướng dẫn
tổ 7=>tổ 9
wifi miễn phí=>điều hòa

Mong bố trí cán bộ một cửa trực trưa đến 12 giờ 30
công nhân chỉ tranh thủ được lúc nghỉ trưa
thứ sáu hàng tuần trực cũng được
12 giờ 30=>13 giờ 30
trực trưa=>trực tối

Đề nghị đo đạc lại ranh giới đất bãi ven sông của thôn Vĩnh
bản đồ cũ lệch so với thực tế
các hộ tranh chấp nhau suốt
thôn Vĩnh=>thôn Ninh
đất bãi ven sông=>đất rừng trồng

Tôi đề nghị giữ nguyên tên thôn Đồng Quan sau khi sáp nhập
tên này có từ đời các cụ
đổi tên phải làm lại nhiều giấy tờ
Đồng Quan=>Đồng Bái
giữ nguyên tên=>bỏ tên

Đề nghị di dời trạm biến áp ra khỏi sân nhà trẻ
các cháu chơi ngay dưới dây điện
mùa mưa nghe tiếng nổ lẹt đẹt
nhà trẻ=>đình làng
trạm biến áp=>cột ăng ten

Mong phường mở lớp dạy bơi miễn phí cho trẻ em dịp hè
năm nào cũng có cháu đuối nước
bể bơi trường cấp hai để không
dịp hè=>dịp Tết
dạy bơi=>dạy vẽ

Đề nghị trồng cây xanh dọc kênh N5
đi bộ buổi chiều nắng gắt
đất ven kênh đang bị lấn chiếm
kênh N5=>kênh N3
trồng cây xanh=>làm lan can

Tôi đồng ý bầu ông Nguyễn Văn Thành làm trưởng thôn
ông nhiệt tình, nói được làm được
nhiệm kỳ trước ông đã vận động làm xong đường
Tôi đồng ý=>Tôi không đồng ý
Nguyễn Văn Thành=>Nguyễn Văn Thắng

Đề nghị trợ giá xe buýt tuyến số 14 cho học sinh
mỗi tháng hết mấy trăm nghìn tiền vé
nhiều cháu phải đạp xe 12 cây số
tuyến số 14=>tuyến số 41
học sinh=>công nhân

Đề nghị giải thích vì sao hộ bà Lan bị đưa ra khỏi danh sách hộ nghèo
nhà bà vẫn còn hai người ốm nặng
buổi bình xét không ai được nghe lý do
bà Lan=>bà Liên
bị đưa ra khỏi=>được đưa vào

Mong đóng cửa lò gạch thủ công ở Gò Mối trước vụ lúa chiêm
khói làm lúa trỗ bị lép
năm ngoái hơn 4 mẫu mất trắng
Gò Mối=>Gò Chùa
đóng cửa=>gia hạn

Đề nghị vẽ lại vạch sang đường ở ngã tư Bưu điện
vạch đã mờ hết không nhìn thấy
người đi bộ không ai nhường
ngã tư Bưu điện=>ngã tư Bệnh viện
vẽ lại vạch sang đường=>lắp lại đèn tín hiệu

Tôi không tán thành việc cấm nuôi gà trong khu dân cư tổ 3
nhiều nhà sống nhờ mấy con gà
chỉ nên quy định nuôi nhốt sạch sẽ
không tán thành=>tán thành
nuôi gà=>nuôi lợn

Đề nghị bồi thường hoa màu cho các hộ bị thu hồi đất làm đường vành đai 4
dân mất đất nửa năm chưa nhận tiền
nhiều nhà phải vay nóng
vành đai 4=>vành đai 3
bồi thường hoa màu=>cấp đất tái định cư

Mong xã cho mượn hội trường tập dưỡng sinh vào buổi sáng
các cụ tập ngoài trời mưa gió hay ốm
câu lạc bộ có 30 người tham gia
buổi sáng=>buổi tối
dưỡng sinh=>múa lân

Đề nghị kéo dài thời gian lấy ý kiến quy hoạch thêm 15 ngày
bản vẽ mới dán hôm qua nhiều người chưa xem
bà con đi làm ăn xa chưa về
15 ngày=>30 ngày
Đề nghị kéo dài=>Đề nghị rút ngắn

Đề nghị bắt loa kẹo kéo của quán bia Tuấn Béo giảm âm lượng sau 21 giờ
cháu nhỏ và người ốm không ngủ được
tổ trưởng đã nhắc mà không nghe
Tuấn Béo=>Hải Xồm
sau 21 giờ=>buổi trưa

Tôi đề nghị xây bể bơi ở khu đất trường cũ
trẻ con không có chỗ bơi an toàn
khu đất bỏ hoang đã 6 năm
trường cũ=>trạm xá cũ
bể bơi=>chợ

Đề nghị ưu tiên làm đường ra nghĩa trang Đồng Mả trước
mỗi lần đưa tang phải lội bùn
kinh phí không nhiều chỉ 400 mét
Đồng Mả=>Gò Sậy
làm đường ra=>lắp điện ở

Mong lắp hộp thư góp ý ở cổng UBND và đọc công khai mỗi tháng
người dân ngại nói trước đông người
ở xã bên làm rất hiệu quả
mỗi tháng=>mỗi quý
hộp thư góp ý=>bảng điện tử
"""
HELLO = (
    "Kính gửi UBND xã,",
    "Kính thưa các đồng chí lãnh đạo,",
    "Chào các bác cán bộ ạ.",
    "Em chào anh chị,",
    "Thưa quý vị,",
    "Kính gửi: Chủ tịch UBND xã.",
    "Tôi xin có ý kiến như sau:",
    "Gửi ban quản trị trang,",
    "Dạ cháu chào các cô chú ạ,",
    "ad ơi",
)
BYE = (
    "Xin cảm ơn.",
    "Trân trọng cảm ơn!",
    "Mong sớm nhận được hồi âm.",
    "Cảm ơn các anh chị đã lắng nghe",
    "Rất mong được quan tâm giải quyết.",
    "Kính mong lãnh đạo xem xét ạ.",
    "tks ad",
)
MORE = (
    "Việc này tôi đã nói nhiều lần.",
    "Bà con chờ lâu lắm rồi.",
    "Ý kiến này nhiều người cùng chung suy nghĩ.",
    "Hôm họp thôn cũng có mấy bác nêu.",
    "Không thể để mãi thế này được.",
    "Đây là nguyện vọng chính đáng của dân.",
)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
GIVEN = ("Văn Hùng", "Thị Hoa", "Minh Tuấn", "Thị Bích", "Đức Long", "Thu Hằng", "Thị Mận")
HOMES = ("số nhà {}, ngõ {}", "số {} hẻm {}", "nhà {} ngách {}", "số nhà {}, tổ {}")
SIGNED = (
    ("Tôi là {}, ở {}. ", ""),
    ("Tôi tên {}, {}. ", ""),
    ("", " {}, {}."),
    ("", " Người gửi: {} - {}"),
)
SHORT = {
    "không": ("ko", "k", "hok"),
    "được": ("đc", "dc"),
    "người": ("ng",),
    "với": ("vs",),
    "quá": ("wá",),
    "trước": ("trc",),
    "nhiều": ("nh",),
    "đường": ("đg",),
    "nhà văn hóa": ("NVH",),
    "học sinh": ("hs",),
    "UBND": ("Ủy ban nhân dân", "ubnd", "UB"),
    "tôi": ("t", "tui", "mình"),
    "cũng": ("cũg",),
    "đề nghị": ("đn",),
    "bà con": ("bà kon",),
    "sức khỏe": ("sk",),
}
NUMBERS = {
    "3": "ba",
    "4": "bốn",
    "5": "năm",
    "6": "sáu",
    "10": "mười",
    "12": "mười hai",
    "30": "ba mươi",
}
AMOUNTS = {"200.000 đồng": "200k", "25.000 đồng": "25 nghìn", "500.000 đồng": "500 ngàn"}
COURTEOUS = {
    "Đề nghị": ("Kính đề nghị", "Tôi đề nghị", "Gia đình tôi đề nghị", "Xin đề nghị", "Kính mong"),
    "Mong": ("Rất mong", "Kính mong", "Gia đình tôi mong", "Tôi mong"),
}
TONES = {"\u0301": "s1", "\u0300": "f2", "\u0309": "r3", "\u0303": "x4", "\u0323": "j5"}
SHAPES = {"\u0302": (None, "6"), "\u031b": ("w", "7"), "\u0306": ("w", "8")}
SOUNDS = (("tr", "ch"), ("ch", "tr"), ("s", "x"), ("x", "s"), ("gi", "d"), ("l", "n"), ("n", "l"))
BESIDE = {"a": "s", "o": "p", "n": "m", "t": "r", "h": "g", "c": "v", "i": "o", "e": "r", "u": "y"}
WAYS = {
    "courtesy": 3,
    "drop": 2,
    "order": 2,
    "add": 2,
    "numbers": 2,
    "slips": 3,
    "region": 1.5,
    "telex": 1.5,
    "vni": 0.7,
    "short": 2.5,
    "hello": 3,
    "sign": 3,
    "bare": 2.5,
    "case": 1.5,
    "points": 3,
}


def opinions(seed, copies=6, of_another=2):
    """[(number of what is said, text)] in any order."""
    chance, rows, number = Random(seed), [], 0
    for block in SAID.strip().split("\n\n"):
        *clauses, change, another = block.splitlines()
        sayings = [(clauses, copies)]
        for old_and_new in (change, another):
            old, new = old_and_new.split("=>")
            sayings.append(([clause.replace(old, new) for clause in clauses], of_another))
        for said, count in sayings:
            for _copy in range(count):
                ways = chance.choices(list(WAYS), list(WAYS.values()), k=chance.randint(1, 4))
                rows.append((number, _sent(chance, said, set(ways))))
            number += 1
    chance.shuffle(rows)
    return rows


def _sent(chance, clauses, ways):
    text = _ordered(chance, clauses, ways)
    if "add" in ways:
        more = chance.choice(MORE)
        text = chance.choice((f"{text} {more}", f"{more} {text}"))
    if "numbers" in ways:
        for number, words in {**AMOUNTS, **NUMBERS}.items():
            text = re.sub(rf"(?<![\w.,]){re.escape(number)}(?![\w.]|,\d)", words, text)
        text = re.sub(r"(\d+) giờ", r"\1h", text)
    for way, change in (("slips", _slipped), ("region", _spoken), ("telex", _telex), ("vni", _vni)):
        if way in ways:
            text = _some_words(chance, text, change)
    if "short" in ways:
        for long, shorts in SHORT.items():
            if chance.random() < 0.6:
                text = re.sub(rf"(?<!\w){long}(?!\w)", chance.choice(shorts), text)
    if "hello" in ways:
        text = f"{chance.choice(HELLO)} {text} {chance.choice((*BYE, '', ''))}".strip()
    if "sign" in ways:
        who = f"{chance.choice(FAMILIES)} {chance.choice(GIVEN)}"
        home = chance.choice(HOMES).format(chance.randint(1, 180), chance.randint(1, 90))
        front, end = (part.format(who, home) for part in chance.choice(SIGNED))
        text = f"{front}{text}{end}"
    if "bare" in ways:
        text = _bare(text)
    if "case" in ways:
        text = chance.choice((str.upper, str.lower))(text)
    return _pointed(chance, text) if "points" in ways else text


def _ordered(chance, clauses, ways):
    ask, *others = clauses
    if "courtesy" in ways:
        for begin, others_begin in COURTEOUS.items():
            if ask.startswith(f"{begin} "):
                ask = chance.choice(others_begin) + ask[len(begin) :]
                break
    if "drop" in ways:
        others = [chance.choice(others)]
    if "order" in ways:
        others.reverse()
        end = f" {_big(others[1])}." if others[1:] else ""
        so = chance.choice((", vì vậy ", " nên ", ". "))
        begun = _big(ask) if so == ". " else ask[0].lower() + ask[1:]
        return f"{_big(others[0])}{so}{begun}.{end}"
    text = ask
    for point in (chance.choice((" vì ", ", do ", ". ", ", ")), chance.choice((", ", ". "))):
        if others:
            clause = others.pop(0)
            text += point + (_big(clause) if point == ". " else clause)
    return f"{text}."


def _big(text):
    return text[0].upper() + text[1:]


def _pointed(chance, text):
    way = chance.randrange(4)
    if way == 0:
        return re.sub(r"(?<!\d)[.,](?!\d)", "", text)
    if way == 1:
        return text.replace(". ", "\n")
    return re.sub(r"(?<!\d)([.,])(?!\d)", r" \1", text) if way == 2 else text.rstrip(".") + "!!!"


def _some_words(chance, text, change):
    """Up to three words that are no names and no numbers, changed."""
    words = text.split(" ")
    fit = [n for n, word in enumerate(words) if len(word) > 2 and word.isalpha() and word.islower()]
    for place in chance.sample(fit, min(chance.randint(1, 3), len(fit))):
        words[place] = change(chance, words[place])
    return " ".join(words)


def _slipped(chance, word):
    at = chance.randrange(len(word) - 1)
    before, one, two, rest = word[:at], word[at], word[at + 1], word[at + 2 :]
    return before + chance.choice(
        (two + one + rest, one + rest, one * 2 + two + rest, BESIDE.get(one, one) + two + rest)
    )


def _spoken(chance, word):
    """As it sounds in some regions."""
    if word.startswith(("ng", "nh")):
        return word
    fit = [(one, other) for one, other in SOUNDS if word.startswith(one)]
    if not fit:
        return word
    one, other = chance.choice(fit)
    return other + word[len(one) :]


def _telex(_chance, word):
    return _keys(word, 0)


def _vni(_chance, word):
    return _keys(word, 1)


def _keys(word, way):
    """The keys pressed while nothing put them together."""
    keys, tone = "", ""
    for letter in word:
        plain, *marks = unicodedata.normalize("NFD", letter)
        shapes = [SHAPES[mark][way] or plain for mark in marks if mark in SHAPES]
        tone = next((TONES[mark][way] for mark in marks if mark in TONES), tone)
        keys += f"d{'d9'[way]}" if plain == "đ" else plain + "".join(shapes)
    return keys + tone


def _bare(text):
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(one for one in parts if not unicodedata.combining(one))
