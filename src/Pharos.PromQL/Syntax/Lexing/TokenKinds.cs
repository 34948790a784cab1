namespace Pharos.PromQL.Syntax.Lexing;

/// <summary>Groups of token kinds.</summary>
internal static class TokenKinds
{
    public static bool IsOperator(this TokenKind kind) => kind is > TokenKind.OperatorsStart and < TokenKind.OperatorsEnd;

    public static bool IsAggregator(this TokenKind kind) => kind is > TokenKind.AggregatorsStart and < TokenKind.AggregatorsEnd;

    public static bool IsKeyword(this TokenKind kind) => kind is > TokenKind.KeywordsStart and < TokenKind.KeywordsEnd;

    public static bool IsPreprocessor(this TokenKind kind) => kind is > TokenKind.PreprocessorsStart and < TokenKind.PreprocessorsEnd;

    public static bool IsHistogramKey(this TokenKind kind) => kind is > TokenKind.HistogramKeysStart and < TokenKind.HistogramKeysEnd;

    public static bool IsCounterResetHint(this TokenKind kind) => kind is > TokenKind.CounterResetHintsStart and < TokenKind.CounterResetHintsEnd;

    /// <summary>May be the name of a metric, though some of these are keywords elsewhere.</summary>
    public static bool IsMetricName(this TokenKind kind) =>
        kind.IsAggregator() || kind.IsPreprocessor() || kind is TokenKind.Identifier or TokenKind.MetricIdentifier or TokenKind.And or TokenKind.Or or TokenKind.Unless
            or TokenKind.By or TokenKind.Without or TokenKind.Fill or TokenKind.FillLeft or TokenKind.FillRight or TokenKind.Offset or TokenKind.Anchored
            or TokenKind.Smoothed;

    /// <summary>May be a label in a grouping list, though some of these are keywords elsewhere.</summary>
    public static bool IsLabelName(this TokenKind kind) => kind.IsMetricName()
        || kind is TokenKind.Bool or TokenKind.GroupLeft or TokenKind.GroupRight or TokenKind.Ignoring or TokenKind.On or TokenKind.Atan2;

    public static bool IsSign(this TokenKind kind) => kind is TokenKind.Add or TokenKind.Sub;

    public static bool IsMatchOperator(this TokenKind kind) =>
        kind is TokenKind.Equal or TokenKind.NotEqual or TokenKind.EqualRegex or TokenKind.NotEqualRegex;

    /// <summary>An expression may begin with it.</summary>
    public static bool StartsExpression(this TokenKind kind) =>
        kind.IsMetricName() || kind.IsSign()
        || kind is TokenKind.LeftParen or TokenKind.LeftBrace or TokenKind.Number or TokenKind.Duration or TokenKind.String;

    /// <summary>The lexer gives it only for one text (or keyword), so that messages need not say what it is.</summary>
    public static bool HasFixedText(this TokenKind kind) =>
        kind.IsOperator() || kind.IsAggregator() || kind.IsKeyword() || kind.IsPreprocessor()
        || kind is TokenKind.OpenHistogram or TokenKind.CloseHistogram or TokenKind.LeftParen or TokenKind.RightParen or TokenKind.LeftBrace
            or TokenKind.RightBrace or TokenKind.LeftBracket or TokenKind.RightBracket or TokenKind.Comma or TokenKind.Equal or TokenKind.Colon
            or TokenKind.Semicolon or TokenKind.Blank or TokenKind.Times or TokenKind.Space;
}
