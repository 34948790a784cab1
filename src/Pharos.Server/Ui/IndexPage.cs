using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Pharos.Server.Ui;

/// <summary>
/// The one HTML page. Each answer has a nonce of its own for style elements, the hash of the script that sets the theme before the first paint,
/// and the path behind which the server stands. So nothing that got into the page by mistake is ever executed.
/// </summary>
internal sealed partial class IndexPage
{
    private const string NonceMark = "__NONCE__";
    private const string BaseMark = "<base href=\"/\"";
    private const int NonceBytes = 16;

    private readonly string _page;
    private readonly string _policy;

    /// <param name="page">The built page.</param>
    /// <param name="basePath">Before every path as browsers see it: empty, or starting with a slash.</param>
    public IndexPage(UiAsset page, string basePath)
    {
        using var reader = new StreamReader(page.Open(ContentEncoding.None), Encoding.UTF8);
        _page = reader.ReadToEnd().Replace(BaseMark, $"<base href=\"{WebUtility.HtmlEncode(basePath)}/\"", StringComparison.Ordinal);
        string hashes = string.Concat(InlineScript().Matches(_page).Select(static match =>
            $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value)))}'"));
        _policy = "default-src 'none'; base-uri 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'self'; img-src 'self' data:; "
            + $"manifest-src 'self'; script-src 'self'{hashes}; style-src-elem 'self' 'nonce-{NonceMark}'; style-src-attr 'unsafe-inline'";
    }

    /// <summary>The page and the policy that belongs to it: never to be stored, since the next answer has another nonce.</summary>
    public (string Page, string Policy) Make()
    {
        string nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        return (_page.Replace(NonceMark, nonce, StringComparison.Ordinal), _policy.Replace(NonceMark, nonce, StringComparison.Ordinal));
    }

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex InlineScript();
}
