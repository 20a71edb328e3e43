"""What the clock does with articles. A job takes no argument, may run twice, and returns how many rows it changed."""

from articles.models import Article
from search.counting import renew_figures


def renew_views() -> int:
    """Take what was counted on finished days into the figure that an article prints."""
    return renew_figures(Article.objects.all(), "article")
