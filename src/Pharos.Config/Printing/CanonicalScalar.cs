namespace Pharos.Config.Printing;

/// <summary>One value. A secret is kept for comparing and never printed.</summary>
public sealed class CanonicalScalar : CanonicalNode
{
    private readonly Secret _secret;

    private CanonicalScalar(string text, bool isText, Secret secret)
    {
        Text = text;
        IsText = isText;
        _secret = secret;
    }

    /// <summary>What is printed: for a secret only that there is one.</summary>
    public string Text { get; }

    /// <summary>A text, which is quoted where it would be read as something else; otherwise a number, a truth value or null.</summary>
    public bool IsText { get; }

    /// <inheritdoc/>
    public override bool IsEmpty => IsText ? Text.Length == 0 : Text is "0" or "false" or "null";

    /// <summary>What two configurations are compared by; differs where secrets differ.</summary>
    internal string Identity => _secret.IsEmpty ? Text : _secret.Reveal();

    /// <summary>A text.</summary>
    public static CanonicalScalar OfText(string text) => new(text, isText: true, default);

    /// <summary>A number or a truth value in YAML's own form.</summary>
    public static CanonicalScalar OfLiteral(string text) => new(text, isText: false, default);

    /// <summary>A text that is not printed.</summary>
    public static CanonicalScalar OfSecret(Secret secret) => new(secret.ToString(), isText: true, secret);

    /// <summary>A text with something secret within, as a URL with a password.</summary>
    /// <param name="shown">The text without the secret.</param>
    /// <param name="whole">The text itself.</param>
    public static CanonicalScalar OfRedacted(string shown, string whole) => new(shown, isText: true, new Secret(whole));
}
