namespace Pharos.Alerting.Matchers;

/// <summary>The pieces of the UTF-8 syntax.</summary>
internal enum MatcherTokenKind
{
    End = 0,
    OpenBrace,
    CloseBrace,
    Comma,
    Equal,
    NotEqual,
    Match,
    NotMatch,
    Quoted,
    Unquoted,
}
