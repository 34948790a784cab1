namespace Pharos.Server.Access;

/// <summary>Puts the door into the pipeline.</summary>
internal static class PharosAccessExtensions
{
    /// <summary>
    /// Sign-in, before anything that answers. Follow it by <c>UseRouting</c>, and that by <see cref="UsePermissions"/>; what stands between
    /// knows the caller and not yet the endpoint.
    /// </summary>
    public static void UseSignIn(this WebApplication application, PharosAccess access, TimeProvider clock)
    {
        ILogger<AuthenticationStep> logger = application.Services.GetRequiredService<ILoggerFactory>().CreateLogger<AuthenticationStep>();
        application.Use(new AuthenticationStep(access, clock, logger).InvokeAsync);
    }

    /// <summary>Permissions, right after <c>UseRouting</c>.</summary>
    public static void UsePermissions(this WebApplication application, PharosAccess access)
        => application.Use(new AuthorizationStep(access.ExternalUrl, access.Metrics).InvokeAsync);

    /// <summary>All of it with nothing between.</summary>
    public static void UsePharosAccess(this WebApplication application, PharosAccess access, TimeProvider clock)
    {
        application.UseSignIn(access, clock);
        application.UseRouting();
        application.UsePermissions(access);
    }
}
