"""What phone, e-mail, Social Security and card numbers look like, and what looks like them and is none.

A pattern of `SURE` score is taken by itself; one of `MAYBE` only near one of its kind's context words (Presidio's
enhancer raises it over `ENOUGH`). Every pattern starts only at the edge of a word, so that reading stays linear in the
length of the text.
"""

from __future__ import annotations

from presidio_analyzer import Pattern

SURE, ENOUGH, MAYBE = 0.8, 0.5, 0.3

# Between digits: nothing, or a blank, dot, dash (typographic too), slash or bracket, with blanks around.
GAP = r"[^\S\n]?[-.\u2010-\u2014/()]{0,2}[^\S\n]?"
WIDE_GAP = r"[^\S\n]?[-.\u2010-\u2014/()_*,~]{0,2}[^\S\n]?"
START = r"(?<![\w$.-])"
# A slip, or a way past a filter: the letter for the digit.
DIGIT = r"[\doO]"
DIGIT_WORD = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
# "200-1000 mg" is a dose, "$555 1234.50" is money.
NO_UNIT = r"(?![^\S\n]?(?:mg|mcg|ug|µg|g|gm|grams?|ml|cc|units?|iu|pills?|tabs?|tablets?|bucks|dollars?|%)\b)"
END = r"(?![\w$%])(?![-.][\d])" + NO_UNIT

PHONE = [
    # North American: an area code and an exchange never start with 0 or 1.
    # Glued to a word before it too ("call760-555-0123").
    Pattern(
        "us",
        rf"(?<![\d_$])\(?(?<![\d.-])(?:\+?1{GAP})?\(?[2-9]{DIGIT}{{2}}{WIDE_GAP}[2-9]{DIGIT}{{2}}{WIDE_GAP}{DIGIT}{{4}}{END}",
        SURE,
    ),
    Pattern(
        "us with extension",
        rf"{START}\(?[2-9]\d{{2}}{GAP}\d{{3}}{GAP}\d{{4}}[^\S\n]?(?:x|ext\.?)[^\S\n]?\d{{1,5}}\b",
        SURE,
    ),
    # 7 6 0 5 5 5 0 1 2 3, as people write to get past a filter.
    Pattern("digit by digit", rf"{START}(?:1[ .-]{{1,3}})?[2-9](?:[ .-]{{1,3}}\d){{9}}(?!\w)(?![ .-]{{1,3}}\d)", SURE),
    Pattern("in words", rf"\b(?:{DIGIT_WORD}[ ,.-]{{1,3}}){{9,10}}{DIGIT_WORD}\b", SURE),
    Pattern("international", r"(?<!\w)(?:\+|00|011[ .-]?)[1-9](?:[ .()-]{0,2}\d){7,14}(?!\w)", SURE),
    # Two round numbers are doses or counts: "my number of pills went 300 1000".
    Pattern("seven digits", rf"{START}(?!\d00[^\S\n]\d{{2}}00\b)[2-9]\d{{2}}{GAP}\d{{4}}{END}", MAYBE),
    # Not North American in shape (an exchange of 0 or 1): a slip of the finger, if it is said to be a phone.
    Pattern("ten digits", rf"{START}\(?\d{{3}}{GAP}\d{{3}}{GAP}\d{{4}}{END}", MAYBE),
]
# fmt: off
PHONE_WORDS = [
    "phone", "phones", "telephone", "tel", "cell", "cellphone", "mobile", "landline", "number", "num", "call", "called",
    "calling", "text", "texted", "texting", "txt", "reach", "contact", "dial", "ring", "voicemail", "whatsapp", "ph",
    "fone", "hmu", "pager", "fax", "cel", "celular", "telefono", "teléfono", "numero", "número", "llama", "llame",
    "llámame",
]
# fmt: on

MAIL_HOST = r"gmail|yahoo|hotmail|outlook|icloud|aol|proton|protonmail"
EMAIL = [
    Pattern("address", r"(?<![\w.+%'-])[\w.+%'-]+[^\S\n]?@[^\S\n]?(?:[\w-]+\.)+[\w-]{2,}", SURE),
    Pattern(
        "spelled out",
        r"(?<![\w.+%-])[\w.+%-]+(?:[^\S\n]*[(\[{](?:at|@)[)\]}][^\S\n]*|[^\S\n]+at[^\S\n]+|[^\S\n]*@[^\S\n]*)"
        rf"(?:{MAIL_HOST}|msn|live|me)[^\S\n]*[(\[{{]?(?:dot|\.)[)\]}}]?[^\S\n]*(?:com|net|me)\b",
        SURE,
    ),
    # The end left out: "its bob@gmail". Two letters before the sign, so that the placeholder is no longer.
    Pattern("without its end", rf"(?<![\w.+%'-])[\w.+%'-]{{2,}}@(?:{MAIL_HOST})\b", SURE),
]

SSN_GAP = r"[^\S\n]?[-. /_\u2010-\u2014][^\S\n]?"
SSN = [
    Pattern("grouped", rf"{START}\d{{3}}{SSN_GAP}\d{{2}}{SSN_GAP}\d{{4}}(?![\w-])", SURE),
    # Nine digits in a row are nothing else that people write here.
    Pattern("in a row", rf"{START}\d{{9}}(?![\w-])", SURE),
    Pattern("a dash left out", rf"{START}\d{{3}}-\d{{6}}(?![\w-])", SURE),
    # Otherwise a zip code.
    Pattern("five and four", rf"{START}\d{{5}}[ -]\d{{4}}(?![\w-])", MAYBE),
]
SSN_WORDS = ["ssn", "ss", "social", "security", "seguro"]

CARD = [
    # No card begins with 19 or 20: four years are no card.
    Pattern("grouped", rf"{START}(?!19|20)\d{{4}}(?:[ ./_*-]{{0,3}}\d{{4}}){{3}}(?![\w-])", SURE),
    Pattern("diners club", rf"{START}3[0689]\d{{2}}[ .-]{{1,3}}\d{{6}}[ .-]{{1,3}}\d{{4}}(?![\w-])", SURE),
    Pattern("american express", rf"{START}3[47]\d{{2}}[ .-]{{1,3}}\d{{6}}[ .-]{{1,3}}\d{{5}}(?![\w-])", SURE),
    Pattern("in a row", rf"{START}\d{{13,19}}(?![\w-])", SURE),
]

# Lines that anybody may call, so that naming one tells nothing about the person: what is said about them must stay.
# SAMHSA's helpline, Poison Help, the Lifeline's older number, and Never Use Alone.
PUBLIC_LINES = frozenset({"8006624357", "8002221222", "8002738255", "8006843276", "8775969696"})
