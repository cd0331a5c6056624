namespace LowLatency.Analytics.Alerts;

/// <summary>Goes through a rule's text; capitals and spaces do not matter.</summary>
/// <param name="rule">The text.</param>
internal sealed class AlertScanner(string rule)
{
    private readonly string _text = rule.ToLowerInvariant();
    private int _at;

    /// <summary>Where it stands, from 1; behind spaces.</summary>
    public int At
    {
        get
        {
            SkipSpaces();
            return _at + 1;
        }
    }

    /// <summary>Whether there is nothing more.</summary>
    public bool IsAtEnd => At > _text.Length;

    /// <summary>The next character, '\0' at the end.</summary>
    public char Peek => IsAtEnd ? '\0' : _text[_at];

    /// <summary>What follows up to the next white space, to be quoted.</summary>
    public string Rest => IsAtEnd ? "the end" : $"'{_text[_at..].Split((char[]?)null)[0]}'";

    /// <summary>Takes a word of letters, digits and _; empty when there is none.</summary>
    public string Word()
    {
        int start = At - 1;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
        return _text[start.._at];
    }

    /// <summary>Takes the given word if it is the next one.</summary>
    public bool TryWord(string word)
    {
        int start = At - 1;
        if (Word() == word) return true;
        _at = start;
        return false;
    }

    /// <summary>Takes what follows if it begins with a text.</summary>
    public bool TryText(string text)
    {
        if (IsAtEnd || !_text.AsSpan(_at).StartsWith(text, StringComparison.Ordinal)) return false;
        _at += text.Length;
        return true;
    }

    /// <summary>Takes everything up to the next space.</summary>
    public string Run()
    {
        int start = At - 1;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at])) _at++;
        return _text[start.._at];
    }

    /// <summary>Takes the characters of a number; empty when there are none.</summary>
    public string Number()
    {
        int start = At - 1;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '.' or '+' or '-')) _at++;
        return _text[start.._at];
    }

    /// <summary>Takes the parentheses that follow at once or behind spaces, with all that is in them and without its spaces; empty when none follow.</summary>
    public string Parentheses()
    {
        if (Peek != '(') return "";
        int start = _at;
        int depth = 0;
        for (; _at < _text.Length; _at++)
        {
            if (_text[_at] == '(') depth++;
            if (_text[_at] != ')' || --depth > 0) continue;
            _at++;
            return string.Concat(_text[start.._at].Where(c => !char.IsWhiteSpace(c)));
        }

        throw new AlertRuleException(start + 1, "this '(' has no ')'");
    }

    private void SkipSpaces()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }
}
