# ruff: noqa: RUF001 - other scripts are the point
"""The lines by which mail programs begin what they quote or hand on, and what they add by themselves, in the languages
in which they are used."""

import re
from collections.abc import Iterator

# What stands for some words of any kind.
GAP, ANYTHING = "…", ".{2,60}"


def listed(**words: str) -> Iterator[str]:
    """All of them, whatever the language: what somebody writes in is not known."""
    return (word.strip() for text in words.values() for word in text.split(","))


def either(**words: str) -> str:
    """A pattern for any of them."""
    return "|".join(re.escape(word).replace(GAP, ANYTHING) for word in sorted(listed(**words), key=len, reverse=True))


def named(**words: str) -> frozenset[str]:
    """As the names of headers are compared: without spaces."""
    return frozenset(word.replace(" ", "").lower() for word in listed(**words))


# "On Tuesday, Asha wrote:" how it begins …
OPENERS = re.compile(
    "(?:"
    + either(
        en="On, In a message, Quoting",
        de="Am, Zitat von",
        es="El",
        fr="Le",
        it="Il",
        pt="Em",
        nl="Op",
        sv="Den",
        pl="W dniu, Dnia",
        cs="Dne, Dňa",
        ro="Pe, În",
        el="Στις",
        uk="На",
        vi="Vào",
        id="Pada",
    )
    + r"|\d{4}[-年./])(?:\b|(?<=年))",
    re.IGNORECASE,
)
# … and what it says that somebody has done.
WROTE = re.compile(
    r"\b(?:"
    + either(
        en="wrote, writes",
        de="schrieb",
        es="escribió, escribio",
        fr="a écrit",
        it="ha scritto",
        pt="escreveu",
        nl="schreef, geschreven",
        sv="skrev",
        fi="kirjoitti",
        pl="napisał, napisała, napisał(a, pisze",
        cs="napsal, napsala, napsal(a, napísal, píše",
        ro="a scris",
        hu="írta",
        tr="yazdı, şunu yazdı",
        el="έγραψε",
        ru="пишет, писал, написал, написала",
        uk="пише, написав, написала, пишет",
        bg="написа",
        hr="je napisao, je napisala",
        id="menulis",
        vi="đã viết",
        ar="كتب",
        he="כתב, כתבה",
    )
    + r")\b|"
    + either(zh="写道, 寫道", ja="のメール, 書きました", ko="작성, 님이 쓴 글", hi="ने लिखा", th="เขียน"),
    re.IGNORECASE,
)
# A date, a time or an address: programs write one there, people seldom …
DATED = re.compile(r"\d{1,2}[:.h]\d{2}|\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}|[^\s@]@[^\s@]|\d{1,2}[月월]")
# … and more seldom one of these.
MARKED = re.compile(r"\d{1,2}[:h]\d{2}|[^\s@]@[^\s@]")

# The headers of a mail, as they are repeated above it for people.
SENDER = named(
    en="from",
    de="von",
    es="de, remitente",
    fr="de, expéditeur",
    it="da, mittente",
    nl="van, afzender",
    sv="från",
    da="fra",
    fi="lähettäjä",
    pl="od",
    ro="de la, expeditor",
    hu="feladó",
    tr="kimden, gönderen",
    el="από",
    ru="от, отправитель",
    uk="від",
    zh="发件人, 發件人, 寄件者",
    ja="差出人, 送信元",
    ko="보낸 사람",
    vi="từ",
    id="dari",
    ar="من",
    he="מאת",
    hi="प्रेषक",
    th="จาก",
)
OTHERS = named(
    en="sent, date, to, cc, subject, reply-to",
    de="gesendet, datum, an, kopie, betreff",
    es="enviado, enviado el, fecha, para, asunto",
    fr="envoyé, date, à, copie, objet",
    it="inviato, data, a, oggetto",
    pt="enviada, enviado, enviada em, data, para, assunto",
    nl="verzonden, datum, aan, onderwerp",
    sv="skickat, datum, till, kopia, ämne",
    da="sendt, dato, til, kopi, emne",
    fi="lähetetty, päivämäärä, päiväys, vastaanottaja, kopio, aihe",
    pl="wysłano, wysłane, data, do, temat",
    cs="odesláno, odoslané, datum, dátum, komu, kopie, předmět, predmet",
    ro="trimis, data, către, subiect",
    hu="küldve, dátum, elküldve, címzett, tárgy",
    tr="gönderildi, gönderme tarihi, tarih, kime, konu",
    el="στάλθηκε, ημερομηνία, προς, θέμα",
    ru="отправлено, дата, кому, копия, тема",
    uk="надіслано, дата, кому, тема",
    zh="发送时间, 傳送時間, 日期, 收件人, 收件者, 抄送, 副本, 主题, 主旨, 主題",
    ja="送信日時, 日時, 日付, 宛先, 件名",
    ko="보낸 날짜, 날짜, 받는 사람, 참조, 제목",
    vi="đã gửi, ngày, đến, tới, chủ đề",
    id="terkirim, tanggal, kepada, subjek, perihal",
    ar="تاريخ الإرسال, التاريخ, إلى, الموضوع",
    he="נשלח, תאריך, אל, נושא",
    hi="दिनांक, भेजा गया, प्राप्तकर्ता, विषय",
    th="วันที่, ถึง, เรื่อง",
)

# What stands between dashes above a mail that is answered, or handed on.
DASHED = re.compile(r"[-_—–*=]{2,}\s*([^\s\-_—–*=].{2,78}?[^\s\-_—–*=:])\s*:?\s*[-_—–*=]{2,}")
ORIGINAL = re.compile(
    either(
        en="original message, original email, reply message",
        de="ursprüngliche nachricht, original-nachricht, originalnachricht",
        es="mensaje original",
        fr="message d'origine, message d’origine, message original",
        it="messaggio originale",
        pt="mensagem original",
        nl="oorspronkelijk bericht",
        sv="ursprungligt meddelande, originalmeddelande",
        da="oprindelig meddelelse, opprinnelig melding",
        fi="alkuperäinen viesti",
        pl="wiadomość oryginalna, oryginalna wiadomość",
        cs="původní zpráva, pôvodná správa",
        ro="mesaj original, mesajul original",
        hu="eredeti üzenet",
        tr="özgün ileti, orijinal mesaj",
        el="αρχικό μήνυμα",
        ru="исходное сообщение, оригинальное сообщение",
        uk="вихідне повідомлення, оригінальне повідомлення",
        zh="原始邮件, 原始郵件, 原始信件",
        ja="元のメッセージ, オリジナルメッセージ",
        ko="원본 메시지, 원본 메일",
        ar="الرسالة الأصلية",
        he="הודעה מקורית",
    ),
    re.IGNORECASE,
)
FORWARDED = re.compile(
    either(
        en="forwarded message, forwarded mail, forwarded by",
        de="weitergeleitete nachricht, weitergeleitete mail, weitergeleitet",
        es="mensaje reenviado, forwarded message",
        fr="message transféré, message réexpédié, mail transféré",
        it="messaggio inoltrato",
        pt="mensagem encaminhada, mensagem reencaminhada",
        nl="doorgestuurd bericht",
        sv="vidarebefordrat meddelande",
        da="videresendt",
        fi="välitetty viesti, edelleenlähetetty viesti",
        pl="przekazana wiadomość, wiadomość przekazana",
        cs="přeposlaná zpráva, přeposlaná správa, preposlaná správa",
        ro="mesaj redirecționat",
        hu="továbbított üzenet",
        tr="iletilen ileti, yönlendirilmiş ileti, iletilmiş mesaj",
        el="προωθημένο μήνυμα",
        ru="пересылаемое сообщение, переслано, пересланное сообщение",
        uk="переслане повідомлення, пересланий лист",
        zh="转发的邮件, 转发邮件, 轉寄郵件, 轉寄的郵件",
        ja="転送されたメッセージ, 転送メッセージ, 転送",
        ko="전달된 메시지, 전달된 메일",
        ar="الرسالة المعاد توجيهها",
        he="הודעה שהועברה",
    ),
    re.IGNORECASE,
)
# As Apple's programs say the same.
BEGIN_FORWARDED = re.compile(
    "(?:"
    + either(
        en="Begin forwarded message",
        de="Anfang der weitergeleiteten Nachricht, Anfang der weitergeleiteten E-Mail",
        es="Inicio del mensaje reenviado",
        fr="Début du message transféré, Début du message réexpédié",
        it="Inizio messaggio inoltrato",
        pt="Início da mensagem reencaminhada, Início da mensagem encaminhada",
        nl="Begin doorgestuurd bericht",
        sv="Vidarebefordrat brev",
        da="Start på videresendt besked",
        ru="Начало переадресованного сообщения",
    )
    + r")\s*:?",
    re.IGNORECASE,
)
# How the subject of such a mail begins. An answer to it begins otherwise: programs put their own mark in front.
FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|i|vs|vb|doorst|pd|пер|转发|轉寄)\s*[:：]", re.IGNORECASE)

# What telephones and programs add by themselves.
ADDED = re.compile(
    r"\W{0,3}(?:"
    + either(
        en="Sent from …, Sent via …, Sent with …, Get Outlook for …",
        de="Von meinem … gesendet, Gesendet von …, Gesendet mit …, Diese Nachricht wurde von … gesendet,"
        "Holen Sie sich Outlook …",
        es="Enviado desde …, Obtener Outlook para …",
        fr="Envoyé de …, Envoyé depuis …, Envoyé à partir de …, Télécharger Outlook pour …, Obtenez Outlook pour …",
        it="Inviato da …, Scarica Outlook per …",
        pt="Enviado do …, Enviado de …, Obter o Outlook para …",
        nl="Verstuurd vanaf …, Verzonden vanaf …, Verzonden via …, Outlook voor … downloaden",
        sv="Skickat från …, Skaffa Outlook för …",
        da="Sendt fra …",
        fi="Lähetetty …",
        pl="Wysłane z …, Wysłano z …",
        cs="Odesláno z …, Odoslané z …",
        tr="…'den gönderildi, …'dan gönderildi, …’den gönderildi, …’dan gönderildi",
        ru="Отправлено с …, Отправлено из …",
        uk="Надіслано з …",
        zh="发自我的…, 从我的…发送, 從我的…傳送, 获取适用于…Outlook",
        ja="…から送信",
        ko="나의 …에서 보냄",
    )
    + ")",
    re.IGNORECASE,
)
